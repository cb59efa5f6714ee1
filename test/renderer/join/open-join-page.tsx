import { fireEvent, screen } from '@testing-library/react';
import { type JoinReview, joinStepNames, type TrustView } from '../../../node-core/api/trust-views.ts';
import { JoinPage } from '../../../renderer/features/join/join-page.tsx';
import type { PictureReading } from '../../../renderer/features/join/read-qr-picture.ts';
import { aModel, aProvider, modelsView } from '../../builders/models-view.ts';
import { type RenderedScreen, renderScreen } from '../../builders/render-screen.tsx';
import { anchorKey, trustView } from '../../builders/trust-view.ts';
import { createFakeClient, type FakeClient, type FakeScript } from '../../doubles/client.ts';

/** A link whose parts are whole. */
export const link = `nunba://join?at=https%3A%2F%2Fcentral.example&anchor=${anchorKey}&tier=regional&name=Lakeside`;

/** What a node says of `link`. */
export function review(part: Partial<JoinReview> = {}): JoinReview {
  return {
    at: 'https://central.example:6776',
    anchor: anchorKey,
    anchorWords: ['orbit', 'lunar', 'candy', 'frost'],
    tier: 'regional',
    hiveName: 'Lakeside',
    hasInvite: true,
    tls: 'b'.repeat(64),
    ...part,
  };
}

interface Opened {
  readonly client: FakeClient;
  readonly page: RenderedScreen;
}

/** A picture that holds no code. */
export const noCode: PictureReading = { kind: 'none', problem: 'no-code' };

/** The join page before a node that says this of trust; `picture`: what every picture says. */
export function open(trust: Partial<TrustView> = {}, calls: FakeScript['calls'] = {}, picture = noCode): Opened {
  const provider = aProvider();
  const model = aModel(provider, 'qwen3-4b');
  const chosen = { model, reason: 'only-one', providerName: 'Ollama' } as const;
  const client = createFakeClient({
    first: { 'trust.watch': trustView(trust), 'models.watch': modelsView({ chosen }) },
    calls: { 'trust.review': () => review(), 'trust.join': () => ({}), 'trust.cancel': () => ({}), ...calls },
  });
  return { client, page: renderScreen(<JoinPage readPicture={async () => picture} />, client, { kind: 'join' }) };
}

/** The title of the step that is shown. */
export const title = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
/** A button, once it is there. */
export const button = (name: string) => screen.findByRole('button', { name });
/** Clicks a button once it is there. */
export const press = async (name: string) => fireEvent.click(await button(name));
/** Pastes into an element. */
export const paste = (target: Element, data: { text?: string; files?: File[] }) =>
  fireEvent.paste(target, { clipboardData: { files: data.files ?? [], getData: () => data.text ?? '' } });
/** A file that says it is a picture. */
export const aPicture = () => new File(['x'], 'code.png', { type: 'image/png' });

/** Goes on to where a link is entered; resolves with its field. */
export async function enter(): Promise<HTMLElement> {
  await press('By a QR code or an address …');
  return screen.findByLabelText('Invite link');
}

/** Enters a link. */
export async function enterLink(text: string): Promise<void> {
  const field = await enter();
  fireEvent.change(field, { target: { value: text } });
  fireEvent.submit(field);
}

type StepState = NonNullable<TrustView['join']>['steps'][number]['state'];

/** Steps of which the first ones are done, and the next is as it is said. */
export function progress(doneCount: number, next: 'running' | 'failed' | 'waiting'): NonNullable<TrustView['join']> {
  const stateOf = (place: number): StepState => (place < doneCount ? 'done' : place === doneCount ? next : 'waiting');
  const tookOf = (place: number) => (place < doneCount ? 4 + place : null);
  const steps = joinStepNames.map((name, place) => ({ name, state: stateOf(place), tookMs: tookOf(place) }));
  return { at: 'https://central.example:6776', hiveName: 'Lakeside', startedAt: 0, steps } as const;
}
