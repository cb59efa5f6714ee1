import { fireEvent, screen } from '@testing-library/react';
import { createRef } from 'react';
import { expect, test, vi } from 'vitest';
import { useChat } from '../../../renderer/features/chat/chat-provider.tsx';
import { Composer } from '../../../renderer/features/chat/composer/composer.tsx';
import { withLinked } from '../../../renderer/features/chat/composer/linked-part.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';

function open(more: Partial<React.ComponentProps<typeof Composer>> = {}) {
  const acts = { onSend: vi.fn(), onStop: vi.fn(), add: vi.fn(), remove: vi.fn() };
  renderScreen(
    <Composer
      draftKey="new"
      agentName="Coder"
      isRunning={false}
      attachments={{ add: acts.add, remove: acts.remove }}
      failure={null}
      input={createRef()}
      pickers={null}
      onSend={acts.onSend}
      onStop={acts.onStop}
      {...more}
    />,
    createFakeClient(),
  );
  return { ...acts, box: screen.getByRole('textbox', { name: 'Message Coder' }) };
}
const type = (box: HTMLElement, text: string) => fireEvent.change(box, { target: { value: text } });

test('Enter sends, Shift+Enter does not', () => {
  const { box, onSend } = open();
  type(box, 'Hello');
  fireEvent.keyDown(box, { key: 'Enter', shiftKey: true });
  expect(onSend).not.toHaveBeenCalled();
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(onSend).toHaveBeenCalledTimes(1);
});

test('what a link brought is sent by the button alone', () => {
  const send = vi.fn();
  renderScreen(
    <>
      <Linked />
      <Composer
        draftKey="new"
        agentName="Coder"
        isRunning={false}
        attachments={{ add: vi.fn(), remove: vi.fn() }}
        failure={null}
        input={createRef()}
        pickers={null}
        onSend={send}
        onStop={vi.fn()}
      />
    </>,
    createFakeClient(),
  );
  fireEvent.click(screen.getByRole('button', { name: 'A link arrives' }));
  const box = screen.getByRole('textbox', { name: 'Message Coder' });
  expect(box).toHaveProperty('value', 'Do this');
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(send).not.toHaveBeenCalled();
  screen.getByText('Enter does not send it');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(send).toHaveBeenCalledTimes(1);
});

function Linked() {
  const { drafts } = useChat();
  const link = { id: 'link-1', agentId: null, text: 'Do this', source: 'link' } as const;
  const arrive = () => drafts.getState().change('new', (draft) => withLinked(draft, link));
  return (
    <button type="button" onClick={arrive}>
      A link arrives
    </button>
  );
}

test('an Enter that ends a composition of an input method does not send', () => {
  const { box, onSend } = open();
  type(box, 'にほん');
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 });
  expect(onSend).not.toHaveBeenCalled();
});

test('nothing but spaces is not sent', () => {
  const { box, onSend } = open();
  type(box, '  \n ');
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(onSend).not.toHaveBeenCalled();
  expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
});

test('while an answer is written it offers Stop, and Enter keeps the text', () => {
  const { box, onSend, onStop } = open({ isRunning: true });
  type(box, 'the next question');
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(onSend).not.toHaveBeenCalled();
  expect(box).toHaveProperty('value', 'the next question');
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(onStop).toHaveBeenCalledTimes(1);
});

test('pasted files are attached, pasted text is left to the browser', () => {
  const { box, add } = open();
  const file = new File(['x'], 'x.png', { type: 'image/png' });
  const isLeft = fireEvent.paste(box, { clipboardData: { files: [file] } });
  expect(add).toHaveBeenCalledWith([file]);
  expect(isLeft).toBe(false);
  expect(fireEvent.paste(box, { clipboardData: { files: [] } })).toBe(true);
  expect(add).toHaveBeenCalledTimes(1);
});

test('says why the last message could not be sent', () => {
  open({ failure: { kind: 'disconnected' } });
  expect(screen.getByRole('alert').textContent).toContain('The connection to Nunba’s runtime is gone');
});
