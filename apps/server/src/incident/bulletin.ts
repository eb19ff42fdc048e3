import { z } from 'zod'

/** To whom a bulletin speaks. */
export const audiences = ['public', 'subscribers'] as const
/** To whom one of them speaks. */
export type Audience = (typeof audiences)[number]

/** How far it is with what a bulletin tells of. */
export const bulletinStates = ['investigating', 'contained', 'resolved'] as const
/** How far it is, of one of them. */
export type BulletinState = (typeof bulletinStates)[number]

// Characters that turn the direction of what stands beside them, that nobody sees, or that end a line of a letter's head.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

const line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(hidden, ' ').replaceAll(/\s+/g, ' ').trim().toWellFormed())
    .pipe(z.string().min(least).max(most))

const text = (least: number, most: number) =>
  z
    .string()
    .transform((given) =>
      given
        .split(/\r\n?|\n/)
        .map(seen)
        .join('\n')
        .trim()
        .toWellFormed(),
    )
    .pipe(z.string().min(least).max(most))

const seen = (given: string) => given.replaceAll('\t', ' ').replaceAll(hidden, '').trimEnd()

/** A bulletin in one language. */
const Said = z
  .object({
    title: line(3, 160),
    happened: text(10, 4_000),
    /** What users should do; empty: nothing. */
    advice: text(0, 4_000).default(''),
    /** What this version says otherwise than the one before. */
    change: line(0, 400).default(''),
  })
  .strict()

/** What a bulletin says. Nothing of the case goes into it by itself. */
export const BulletinText = z
  .object({
    state: z.enum(bulletinStates),
    texts: z
      .object({ en: Said.optional(), de: Said.optional() })
      .strict()
      .refine(({ en, de }) => en !== undefined || de !== undefined, 'says nothing in any language'),
  })
  .strict()

/** What a bulletin says. */
export type BulletinText = z.output<typeof BulletinText>
/** What it says in one language. */
export type BulletinSaid = z.output<typeof Said>

/** What is said in a language, or else in the other one, with the language that it is in. */
export function saidIn(
  { texts }: BulletinText,
  language: 'en' | 'de',
): BulletinSaid & { readonly language: 'en' | 'de' } {
  const other = language === 'en' ? 'de' : 'en'
  const own = texts[language]
  if (own) return { ...own, language }
  const instead = texts[other]
  // Every text has one, by its own shape.
  return { ...(instead ?? { title: '', happened: '', advice: '', change: '' }), language: other }
}

/** Whether two say the same to their readers. */
export function isSame(a: BulletinText, b: BulletinText): boolean {
  const plain = ({ state, texts }: BulletinText) =>
    JSON.stringify([state, ...[texts.en, texts.de].map((one) => one && [one.title, one.happened, one.advice])])
  return plain(a) === plain(b)
}
