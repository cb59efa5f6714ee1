import { wordsOf } from './words.ts';

/** What is said to be friendly, or to get going, and asks for no help topic. */
export type SmallTalk = 'greeting' | 'thanks' | 'farewell' | 'help';

const opens: Readonly<Record<SmallTalk, readonly string[]>> = {
  greeting: [
    'hi',
    'hello',
    'hey',
    'hallo',
    'hiya',
    'howdy',
    'greetings',
    'namaste',
    'vanakkam',
    'morning',
    'evening',
    'yo',
  ],
  thanks: ['thanks', 'thank', 'thx', 'ty', 'cheers', 'great', 'perfect', 'super', 'nice', 'cool', 'ok', 'okay'],
  farewell: ['bye', 'goodbye', 'cya', 'farewell', 'goodnight'],
  help: ['help', 'menu', 'topics', 'ask'],
};

const filling = new Set(
  `good afternoon day night there guide nunba you u your help so much very a lot that was it all again to dear my friend how are
  are doing today and me now see later is for the ok okay please what can i do could list show need some`.split(/\s+/),
);

const natures = new Set(
  `ai bot robot chatbot human person machine computer program real alive conscious intelligent chatgpt gpt claude gemini llama
  copilot siri alexa llm model somebody someone`.split(/\s+/),
);

/**
 * Whether a message asks what the Guide is: "are you a robot", "r u chatgpt". Words about the app, as in "are you
 * sending my chats to a machine", make it a question for the help.
 */
export function asksWhatGuideIs(message: string): boolean {
  const words = wordsOf(message.slice(0, 200));
  const start = words.findIndex(
    (word, place) => /^(are|you)$/.test(word) && /^(are|you)$/.test(words[place + 1] ?? ''),
  );
  const rest = words
    .slice(start + 2)
    .filter((word) => !/^(a|an|the|really|just|some|kind|of|like|or|even|actually)$/.test(word));
  return start !== -1 && rest.length > 0 && rest.length <= 4 && rest.some((word) => natures.has(word)) && start <= 3;
}

/** Whether a message is only a greeting, thanks, a farewell or a call for help; `null` if there is anything else in it. */
export function smallTalkOf(message: string): SmallTalk | null {
  const words = wordsOf(message.slice(0, 200));
  if (words.join(' ') === 'what can you do') return 'help';
  const kinds = ['farewell', 'greeting', 'thanks', 'help'] as const;
  const kind = kinds.find((one) => words.some((word) => opens[one].includes(word)));
  if (kind === undefined) return null;
  const isOnlyThat = words.every((word) => filling.has(word) || kinds.some((one) => opens[one].includes(word)));
  return isOnlyThat ? kind : null;
}
