import { z } from 'zod'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** An answer as it was when it was published: what it says, and its body in each coding that it had, by SHA-256. */
export const PublishedAnswer = z.object({
  headers: z.record(z.string(), z.string()),
  bodies: z.object({ identity: Hash, br: Hash.optional(), gzip: Hash.optional() }),
  /** When it was made, in milliseconds of the epoch; what is dear to make is not made again before it has to be. */
  madeAt: z.number(),
})

/** An answer as it was when it was published. */
export type PublishedAnswer = z.output<typeof PublishedAnswer>

/** The pages of one place by their keys (`keyOf`), and the addresses below it to which their forms are posted. */
export const PublishedPages = z.object({
  format: z.literal('art32.pages/1'),
  /** By what it is known that no edition came since. */
  tag: z.string(),
  pages: z.record(z.string(), PublishedAnswer),
  forms: z.array(z.string()),
})

/** The pages of one place. */
export type PublishedPages = z.output<typeof PublishedPages>

/** What is published, all of it: the one file that is replaced, last. */
export const Published = z.object({
  format: z.literal('art32.published/1'),
  version: z.string(),
  madeAt: z.iso.datetime(),
  /** Where the public pages of the installation are reached. */
  url: z.string(),
  /** Where the workplace is, which opens secret links. */
  workplace: z.string(),
  /** To whom what is posted is sealed. */
  recipient: z.string(),
  /** Pages of the installation itself: how bundles are checked, its privacy notice, its log. */
  common: Hash,
  tenants: z.record(
    z.string(),
    z.object({
      name: z.string(),
      /** Below `/trust/<slug>`. */
      here: Hash,
      /** At a domain of the tenant's own. */
      site: Hash.nullable(),
    }),
  ),
  /** Whose page a host shows; null: it was a tenant's and is not any more. */
  hosts: z.record(z.string(), z.string().nullable()),
})

/** What is published. */
export type Published = z.output<typeof Published>

/** What an answer may depend on besides its path. Empty: it does not. */
export interface Variant {
  readonly language?: string
  readonly view?: string
  readonly preset?: string
  /** The language of the browser, where the address names none. */
  readonly accepts?: string
}

/** Under what an answer is kept. @param path below the place, as `/editions/3`; empty for the place itself */
export function keyOf(path: string, { language = '', view = '', preset = '', accepts = '' }: Variant): string {
  return `${path}?${[language, view, preset, accepts].join('&')}`
}

/**
 * What is asked for, the most exact first: an answer that does not depend on something is kept without it, as the server
 * looks past what it does not know.
 */
export function keysFor(path: string, { language = '', view = '', preset = '', accepts = '' }: Variant): string[] {
  const languages = language === '' ? [{ accepts }, {}] : [{ language }, {}]
  const views = view === '' ? [{}] : [{ view }, {}]
  return views.flatMap((seen) => languages.map((said) => keyOf(path, { preset, ...seen, ...said })))
}
