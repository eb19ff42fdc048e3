/** One letter to one person. The text is plain; how it looks is the mailer's matter. */
export interface Letter {
  /** A single address; anything else is refused before it meets a header. */
  readonly to: string
  readonly language: 'en' | 'de'
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string }
}

/** Sends letters. */
export interface Mailer {
  /** Whether a mail server is configured; without one nothing is promised by mail. */
  readonly isSet: boolean
  /** @throws when the mail server does not take it */
  send(letter: Letter): Promise<void>
}
