import { z } from 'zod'

/** What is asked for: each kind of evidence. */
const fieldKinds = ['text', 'number', 'date', 'yes-no', 'link', 'list', 'file'] as const

/** One field of what whoever signs off fills in. */
export const Field = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
    label: z.string().trim().min(1).max(200),
    kind: z.enum(fieldKinds),
    required: z.boolean(),
  })
  .strict()

/** One field of what whoever signs off fills in. */
export type Field = z.output<typeof Field>

/** The fields of a duty. */
export const Form = z
  .array(Field)
  .max(20)
  .refine((fields) => new Set(fields.map(({ id }) => id)).size === fields.length, 'Each field needs an id of its own.')

const Value = z.union([
  z.string().max(4_000),
  z.number(),
  z.boolean(),
  z.array(z.string().trim().min(1).max(500)).max(1_000),
])

/** What was filled in, by the id of the field. */
export const Filled = z.record(z.string().max(40), Value)

/** What was filled in, by the id of the field. */
export type Filled = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** The ids of fields that are missing, of another kind or unknown; none: it may be signed off with this. */
export function wrongFields(form: readonly Field[], filled: Filled): string[] {
  const known = new Set(form.map(({ id }) => id))
  const unknown = Object.keys(filled).filter((id) => !known.has(id))
  const wrong = form.filter(({ id, kind, required }) => {
    const value = filled[id]
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return required
    return !fits[kind](value)
  })
  return [...wrong.map(({ id }) => id), ...unknown]
}

const fits: Readonly<Record<Field['kind'], (value: Filled[string]) => boolean>> = {
  text: (value) => typeof value === 'string' && value.trim() !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  date: (value) => z.iso.date().safeParse(value).success,
  // A duty that must be done is not done by saying no.
  'yes-no': (value) => typeof value === 'boolean',
  link: (value) =>
    z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .safeParse(value).success,
  list: (value) => Array.isArray(value),
  // Their ids; whether there are such files is looked up where they are attached.
  file: (value) => z.array(z.uuid()).max(20).safeParse(value).success,
}

/** The ids of all files that were filled in. */
export function filesIn(form: readonly Field[], filled: Filled): string[] {
  return form.flatMap(({ id, kind }) => {
    const ids = z.array(z.string()).safeParse(kind === 'file' ? filled[id] : [])
    return ids.data ?? []
  })
}
