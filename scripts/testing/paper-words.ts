import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/*
 * The fixed words of papers in both languages, wherever they stand: tables `{ en, de }` that a file `words.ts` or `papers.ts`
 * of a module exports by a name that ends in `Words`.
 */

type Table = Readonly<Record<'en' | 'de', unknown>>

const server = new URL('../../apps/server/src/', import.meta.url)
const press = new URL('../../packages/press/src/', import.meta.url)

/** Stands for what a sentence is given, and is cut out of it again. */
const hole = '\u0001'

/** Sentences and words that one language has and the other has not, each long enough to mean something. */
export async function tellTales(): Promise<Readonly<Record<'en' | 'de', readonly string[]>>> {
  const tables = (await Promise.all([...filesOfModules(), new URL('paper/words.ts', press)].map(tablesOf))).flat()
  const said = (language: 'en' | 'de') =>
    new Set(tables.flatMap((table) => [...leaves(table[language])].flatMap(piecesOf)))
  const [en, de] = [said('en'), said('de')]
  const only = (own: ReadonlySet<string>, other: ReadonlySet<string>) => [...own].filter((text) => !other.has(text))
  return { en: only(en, de), de: only(de, en) }
}

function filesOfModules(): URL[] {
  return readdirSync(fileURLToPath(server), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(fileURLToPath(new URL(`${name}/`, server)))
        .filter((file) => file === 'words.ts' || file === 'papers.ts')
        .map((file) => new URL(`${name}/${file}`, server)),
    )
}

async function tablesOf(file: URL): Promise<Table[]> {
  const exported = (await import(file.href)) as Record<string, unknown>
  return Object.entries(exported).flatMap(([name, value]) => (name.endsWith('Words') && isTable(value) ? [value] : []))
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && 'en' in value && 'de' in value
}

function* leaves(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'function') yield String((value as (...given: string[]) => unknown)(hole, hole, hole, hole))
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* leaves(one)
}

/** A word of a few letters may be a name. */
const shortest = 5

function piecesOf(text: string): string[] {
  return text
    .split(hole)
    .map((piece) => piece.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''))
    .filter((piece) => piece.length >= shortest)
}

/** The fixed words of one language that a text holds as whole words. */
export function foundIn(text: string, words: readonly string[]): string[] {
  const flat = text.replaceAll(/\s+/g, ' ')
  return words.filter((word) => {
    for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + 1))
      if (!/\p{L}/u.test(flat.charAt(at - 1)) && !/\p{L}/u.test(flat.charAt(at + word.length))) return true
    return false
  })
}
