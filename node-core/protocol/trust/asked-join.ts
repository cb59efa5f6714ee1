/** Whom the environment tells to join, as the configuration has it (protocol.md, section 3, Headless). */
export type AskedJoin =
  /** `NUNBA_JOIN_LINK` */
  | { readonly kind: 'link'; readonly link: string }
  /** `NUNBA_JOIN_LINK_FILE`, absolute */
  | { readonly kind: 'link-file'; readonly file: string }
  /** HART OS's variables: `HEVOLVE_CENTRAL_URL`, `NUNBA_HIVE_ANCHOR` (hex or four words), `NUNBA_INVITE` (id.secret) */
  | {
      readonly kind: 'central';
      readonly url: string;
      readonly anchor: string | null;
      readonly invite: string | null;
    };
