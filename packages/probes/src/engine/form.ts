import { z } from 'zod'
import { connectorOf } from '../registry.ts'
import type { Check } from './check.ts'
import type { Connector } from './connector.ts'
import type { Target } from './target.ts'
import { fieldMeta } from './text.ts'
import type { FieldMeta, Text } from './text.ts'

/** One field of a form, made from the schema of what it fills in. */
export type FormField = Omit<FieldMeta, 'secret' | 'elsewhere'> & {
  readonly name: string
  /** `lines`: a list of texts, one a line. `rows`: a list of records of texts. `json`: another structure, written as JSON. */
  readonly kind: 'text' | 'number' | 'switch' | 'choice' | 'lines' | 'rows' | 'json'
  readonly required: boolean
  readonly secret: boolean
  /** Only with `choice`. */
  readonly choices: readonly string[]
  /** Only with `rows`. */
  readonly columns: readonly FormColumn[]
  /** What holds where nothing is given, a list as it is typed; never of a secret. */
  readonly preset: string | number | boolean | null
}

/** A column of records. */
export type FormColumn = { readonly name: string; readonly label: Text; readonly kind: 'text' | 'day' }

const columnsSchema = z.record(z.string(), z.object({ type: z.string().optional(), format: z.string().optional() }))

/** JSON Schema as zod writes it, as far as a form depends on it. */
const Described = z.object({
  properties: z
    .record(
      z.string(),
      z.object({
        type: z.string().optional(),
        enum: z.array(z.unknown()).optional(),
        items: z.object({ type: z.string().optional(), properties: columnsSchema.optional() }).optional(),
        default: z.unknown().optional(),
      }),
    )
    .default({}),
  required: z.array(z.string()).default([]),
})

type Property = z.output<typeof Described>['properties'][string]

/** The fields of a connector's settings, in their order. */
export function formOf({ settings }: Connector): FormField[] {
  return fieldsOf(settings)
}

/** The parameters of a check that a form can fill in, in their order. */
export function parametersOf({ params }: Pick<Check, 'params'>): FormField[] {
  return fieldsOf(params)
}

function fieldsOf(form: z.ZodObject): FormField[] {
  const { properties, required } = Described.parse(z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' }))
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema: unknown = form.shape[name]
    const {
      secret = false,
      elsewhere = false,
      ...meta
    } = (schema instanceof z.ZodType ? fieldMeta(schema) : undefined) ?? {
      label: { en: name, de: name },
    }
    if (elsewhere) return []
    return {
      ...meta,
      name,
      kind: kindOf(property),
      required: required.includes(name),
      secret,
      choices: (property.enum ?? []).filter((one) => typeof one === 'string'),
      columns: kindOf(property) === 'rows' ? columnsOf(property) : [],
      preset: secret ? null : presetOf(property),
    }
  })
}

function presetOf(property: Property): FormField['preset'] {
  const { default: preset } = property
  if (typeof preset === 'string' || typeof preset === 'number' || typeof preset === 'boolean') return preset
  if (!Array.isArray(preset) || preset.length === 0) return null
  return kindOf(property) === 'lines' ? preset.join('\n') : JSON.stringify(preset)
}

function kindOf({ type, enum: choices, items }: Property): FormField['kind'] {
  if (choices) return 'choice'
  if (type === 'string') return 'text'
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'switch'
  if (type === 'array' && items?.type === 'string') return 'lines'
  const columns = Object.values(items?.properties ?? {})
  return columns.length > 0 && columns.every((column) => column.type === 'string') ? 'rows' : 'json'
}

/** Words for the columns of records; several forms share them. */
const columnWords: Readonly<Record<string, Text>> = {
  account: { en: 'Account', de: 'Konto' },
  at: { en: 'When', de: 'Wann' },
  by: { en: 'By whom', de: 'Von wem' },
  id: { en: 'Id', de: 'Kennung' },
  incident: { en: 'Incident', de: 'Störung' },
  left: { en: 'Left on', de: 'Ausgeschieden am' },
  subject: { en: 'Account or exclusion', de: 'Konto oder Ausnahme' },
  until: { en: 'Until', de: 'Bis' },
}

function columnsOf({ items }: Property): FormColumn[] {
  return Object.entries(items?.properties ?? {}).map(([name, { format }]) => ({
    name,
    label: columnWords[name] ?? { en: name, de: name },
    kind: format === 'date' ? 'day' : 'text',
  }))
}

/** The credentials among settings. */
export function secretsOf({ connector, settings }: Pick<Target, 'connector' | 'settings'>): string[] {
  const known = connectorOf(connector)
  const marked = known ? formOf(known).filter(({ secret }) => secret) : []
  const values = marked.map(({ name }) => settings[name]).filter((value) => typeof value === 'string')
  // Of an address with a password only that counts: two databases of a server share all the rest.
  return values.map((value) => (URL.canParse(value) ? new URL(value).password : value)).filter((value) => value !== '')
}

/**
 * What settings name, as a target.
 *
 * @returns or the names of the settings that are missing or wrong
 */
export function targetOfSettings(
  id: string,
  settings: Readonly<Record<string, unknown>>,
): { readonly target: Target } | { readonly wrong: readonly string[] } {
  const connector = connectorOf(id)
  if (!connector) return { wrong: ['connector'] }
  const unknown = Object.keys(settings).filter((name) => !Object.hasOwn(connector.settings.shape, name))
  const parsed = connector.settings.safeParse(settings)
  if (!parsed.success || unknown.length > 0) {
    const wrong = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0] ?? 'settings'))
    return { wrong: [...new Set([...unknown, ...wrong])] }
  }
  const address = connector.address(parsed.data)
  return { target: { connector: id, settings, system: address === '' ? id : `${id}:${address}` } }
}
