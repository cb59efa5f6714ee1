import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Button } from '../../../renderer/ui/button.tsx';
import { CopyButton } from '../../../renderer/ui/copy-button.tsx';
import { ConfirmDialog, Dialog } from '../../../renderer/ui/dialog.tsx';
import { FailureNote } from '../../../renderer/ui/failure-note.tsx';
import { Field, PasswordInput, Switch, TextInput } from '../../../renderer/ui/field.tsx';
import { DropdownMenu, MenuItem } from '../../../renderer/ui/menu.tsx';
import { RelativeTime } from '../../../renderer/ui/relative-time.tsx';
import { useToasts } from '../../../renderer/ui/toast.tsx';
import { renderPage } from '../../builders/render-page.tsx';

describe('Button', () => {
  it('has a name where it shows an icon alone', () => {
    renderPage(<Button icon={<svg />} label="Copy" />);
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  it('does not start again what it has started', () => {
    const start = vi.fn();
    const { rerender } = renderPage(<Button onClick={start}>Check</Button>);
    fireEvent.click(screen.getByRole('button'));
    rerender(
      <Button isBusy onClick={start}>
        Check
      </Button>,
    );
    fireEvent.click(screen.getByRole('button'));
    expect(start).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true');
  });

  it('does not submit a form unless told to', () => {
    renderPage(<Button>Stop</Button>);
    expect(screen.getByRole('button').getAttribute('type')).toBe('button');
  });
});

describe('Field', () => {
  it('ties label, hint and error to its control', () => {
    renderPage(
      <Field label="Address" hint="As far as /v1" error="Enter an address.">
        <TextInput />
      </Field>,
    );
    const input = screen.getByLabelText('Address');
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described).toEqual(['As far as /v1', 'Enter an address.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('shows a secret only while asked to', () => {
    renderPage(
      <Field label="Key">
        <PasswordInput />
      </Field>,
    );
    const type = () => screen.getByLabelText('Key').getAttribute('type');
    expect(type()).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(type()).toBe('text');
    fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
    expect(type()).toBe('password');
  });

  it('tells what a switch becomes', () => {
    const change = vi.fn();
    renderPage(<Switch label="Show timings" isOn={false} onChange={change} />);
    fireEvent.click(screen.getByRole('switch', { name: 'Show timings' }));
    expect(change).toHaveBeenCalledWith(true);
  });
});

function OpenDialog({ onClosed }: { onClosed: () => void }) {
  const [isOpen, setOpen] = useState(true);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) onClosed();
  };
  return (
    <Dialog isOpen={isOpen} onOpenChange={change} title="Add a provider">
      <TextInput aria-label="Name" />
    </Dialog>
  );
}

describe('Dialog', () => {
  it('is named by its title and closed by Escape', () => {
    const closed = vi.fn();
    renderPage(<OpenDialog onClosed={closed} />);
    fireEvent.keyDown(screen.getByRole('dialog', { name: 'Add a provider' }), { key: 'Escape' });
    expect(closed).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('starts in what it is about, not on the way out', () => {
    renderPage(<OpenDialog onClosed={vi.fn()} />);
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
  });

  it('asks before what cannot be undone, with the focus on the way out', () => {
    const confirm = vi.fn();
    const change = vi.fn();
    renderPage(
      <ConfirmDialog
        isOpen
        onOpenChange={change}
        title="Remove Lab?"
        description="Its key is deleted."
        confirmLabel="Remove"
        onConfirm={confirm}
      />,
    );
    expect(document.activeElement?.textContent).toBe('Cancel');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(confirm).not.toHaveBeenCalled();
    expect(change).toHaveBeenCalledWith(false);
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(confirm).toHaveBeenCalledTimes(1);
  });
});

describe('DropdownMenu', () => {
  it('opens by keyboard and does what is selected', async () => {
    const select = vi.fn();
    renderPage(
      <DropdownMenu trigger={<Button aria-label="More">More</Button>}>
        <MenuItem onSelect={select}>Edit</MenuItem>
      </DropdownMenu>,
    );
    fireEvent.keyDown(screen.getByRole('button', { name: 'More' }), { key: 'Enter' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    expect(select).toHaveBeenCalledTimes(1);
  });
});

function ShowToast({ onUndo }: { onUndo: () => void }) {
  const toasts = useToasts();
  return (
    <Button onClick={() => toasts.show({ text: 'Coder was deleted.', action: { label: 'Undo', run: onUndo } })}>
      Delete
    </Button>
  );
}

describe('toasts', () => {
  it('say what happened and take it back', async () => {
    const undo = vi.fn();
    renderPage(<ShowToast onUndo={undo} />);
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.queryByText('Coder was deleted.')).toBeNull();
  });
});

describe('FailureNote', () => {
  it('says the sentence of the failure, and nothing without one', () => {
    const { rerender } = renderPage(<FailureNote failure={null} />);
    expect(screen.queryByRole('alert')).toBeNull();
    rerender(<FailureNote failure={{ kind: 'model-unreachable', host: 'lab', cause: 'dns' }} />);
    expect(screen.getByRole('alert').textContent).toContain('There is no computer called lab.');
  });
});

describe('CopyButton', () => {
  it('says that it copied, or that it could not', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce();
    renderPage(<CopyButton text="token" label="Copy" />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(write).toHaveBeenCalledWith('token');
    write.mockRejectedValueOnce(new Error('denied'));
    fireEvent.click(screen.getByRole('button'));
    expect(await screen.findByRole('button', { name: 'The browser does not allow copying' })).toBeTruthy();
    write.mockRestore();
  });
});

describe('RelativeTime', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12, 0, 0) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps itself true and has the full time at hand', () => {
    renderPage(<RelativeTime at={Date.UTC(2026, 10, 22, 11, 59, 48)} />);
    const time = () => screen.getByText(/ago/);
    expect(time().textContent).toBe('12 s ago');
    expect(time().getAttribute('title')).toContain('November 22, 2026');
    for (let second = 0; second < 60; second += 1) act(() => void vi.advanceTimersByTime(1_000));
    expect(time().textContent).toBe('1 min ago');
  });
});
