/** Words of the search. */
export const search = {
  byAgent: 'Answer',
  byYou: 'You',
  found_one: '{{count}} result',
  found_other: '{{count}} results',
  kind: { agent: 'Agents', conversation: 'Conversations', message: 'Messages' },
  label: 'Search messages, conversations and agents',
  nothing: 'Nothing has “{{query}}” in it. Try fewer or other words.',
  nothingYet: 'There is nothing to search yet. Write to an agent first.',
  placeholder: 'Search messages, conversations and agents',
  recent: 'Recent conversations',
  results: 'Results',
  searching: 'Searching …',
  title: 'Search',
  untitled: 'New chat',
} as const;
