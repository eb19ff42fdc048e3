import { z } from 'zod'

/** One sentence in both languages of the product; neither is empty. */
export type Text = { readonly en: string; readonly de: string }

/** Values for the `{name}` places of a sentence; ids, numbers, dates and technical names only. */
export type TextParams = Readonly<Record<string, string | number>>

/** Fills `{name}` places in both languages; a place without a value stays visible, so that a test can see it. */
export function fill(text: Text, params: TextParams): Text {
  return { en: fillIn(text.en, params), de: fillIn(text.de, params) }
}

/** As `fill`, for one language. */
export function fillIn(sentence: string, params: TextParams): string {
  return put(piecesOf(sentence), params)
}

/** A sentence cut at its places: texts at even positions, names of places between them. */
type Pieces = readonly string[]

/** Sentences of checks are few, and filled a hundred thousand times. */
const cut = new Map<string, Pieces>()
const mostCut = 5_000

function piecesOf(sentence: string): Pieces {
  const known = cut.get(sentence)
  if (known) return known
  const pieces = sentence.split(/\{(\w+)\}/)
  if (cut.size < mostCut) cut.set(sentence, pieces)
  return pieces
}

function put(pieces: Pieces, params: TextParams): string {
  let filled = pieces[0] ?? ''
  for (let at = 1; at < pieces.length; at += 2) {
    const name = pieces[at] ?? ''
    filled += `${Object.hasOwn(params, name) ? params[name] : `{${name}}`}${pieces[at + 1] ?? ''}`
  }
  return filled
}

/** What a form or a guide page says about one setting or parameter. */
export type FieldMeta = {
  readonly label: Text
  readonly help?: Text
  /** Unit of the value, for example `days`; absent where the type says it all. */
  readonly unit?: string
  /** The value must not be shown again after it was entered, and is stored encrypted. */
  readonly secret?: boolean
  /** Not entered where the other fields are: it has a page of its own. */
  readonly elsewhere?: boolean
}

const fields = z.registry<FieldMeta>()

/**
 * Attaches label, help and unit to a schema, so that the form and the guide page come from the schema. A schema that several
 * fields share is copied: each has a label of its own.
 */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  const own = fields.has(schema) ? schema.clone() : schema
  fields.add(own, meta)
  return own
}

/** Reads back what `field` attached. */
export function fieldMeta(schema: z.ZodType): FieldMeta | undefined {
  return fields.get(schema)
}
