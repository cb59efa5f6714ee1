/** What a model wants before a text, so that it knows what the text is for. */
export interface EmbeddingPrefixes {
  readonly query: string;
  readonly passage: string;
}

const byArchitecture: Readonly<Record<string, EmbeddingPrefixes>> = {
  'nomic-bert': { query: 'search_query: ', passage: 'search_document: ' },
  'nomic-bert-moe': { query: 'search_query: ', passage: 'search_document: ' },
  'gemma-embedding': { query: 'task: search result | query: ', passage: 'title: none | text: ' },
  qwen3: {
    query: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:',
    passage: '',
  },
};
const e5: EmbeddingPrefixes = { query: 'query: ', passage: 'passage: ' };
const none: EmbeddingPrefixes = { query: '', passage: '' };

/**
 * What the makers of a model say in its card; other models take texts as they are. Models of the family E5 have no
 * architecture of their own, so they are known by their name.
 */
export function prefixesOf({ architecture, name }: { readonly architecture: string; readonly name: string }) {
  const own = byArchitecture[architecture.toLowerCase()];
  return own ?? (/(?:^|[^a-z0-9])e5(?:[^a-z0-9]|$)/i.test(name) ? e5 : none);
}
