/** A mail as its readers give it, before it is written. */
import type { Omitted } from '../../document.ts';

export interface MailHeader {
  /** `From`, `Subject`. */
  readonly name: string;
  readonly value: string;
}

export interface Attachment {
  /** As the mail names it; '' where it does not. */
  readonly name: string;
  /** MIME type in lower case; '' if unknown. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Body =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'html'; readonly html: string }
  /** A mail inside the mail, shown in it. */
  | { readonly kind: 'message'; readonly message: Message };

export interface Message {
  /** Those a person reads, in their usual order. */
  readonly headers: readonly MailHeader[];
  readonly subject: string;
  /** The sender: a name with an address, as far as they are known. */
  readonly author: string;
  /** ISO 8601, '' if unknown. */
  readonly date: string;
  readonly bodies: readonly Body[];
  readonly attachments: readonly Attachment[];
  /** Pictures that stand in the body; they are told, not handed out. */
  readonly pictures: number;
  readonly notes: readonly string[];
  readonly omitted: readonly Omitted[];
}

/** Mails inside mails deeper than this are handed out as files. */
export const MAX_NESTED = 5;
