import { z } from 'zod'

/** One sentence in both languages of the product; neither is empty. */
export type Text = { readonly en: string; readonly de: string }

/** Values for the `{name}` places of a sentence; ids, numbers, dates and technical names only. */
export type TextParams = Readonly<Record<string, string | number>>

/** Fills `{name}` places in both languages; a place without a value stays visible, so that a test can see it. */
export function fill(text: Text, params: TextParams): Text {
  const put = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place))
  return { en: put(text.en), de: put(text.de) }
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

/** Attaches label, help and unit to a schema, so that the form and the guide page come from the schema. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  fields.add(schema, meta)
  return schema
}

/** Reads back what `field` attached. */
export function fieldMeta(schema: z.ZodType): FieldMeta | undefined {
  return fields.get(schema)
}
