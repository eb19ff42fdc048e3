import type { Comparison, FactChange } from '../engine/compare.ts'
import { shown } from '../engine/say-change.ts'
import type { Text } from '../engine/text.ts'

/** How two looks are compared: settings by name, the structure line by line, counts of rows not at all. */
export const postgresHistory = {
  volatile: [
    'server.lifecycle.latest',
    'server.lifecycle.latestDate',
    'sessions',
    'passwords.scram',
    'passwords.others',
    'personal.columns.sampled',
    'personal.columns.emails',
    'personal.columns.ibans',
    'personal.columns.phones',
    'personal.columns.addresses',
    'personal.columns.opaque',
    'personal.columns.others',
    'retention.oldestSeconds',
    'retention.overdue',
    'copies.compared',
    'copies.original',
    'copies.shared',
  ],
  // The first rule that fits a connection wins.
  ordered: ['hba'],
  named: { 'personal.columns': ['column'], retention: ['kind'], copies: ['column'] },
  shape: (group, facts) => (group === 'schema' ? shapeOfSchema(facts) : facts),
  say: (change) =>
    change.group === 'configuration' ? saySetting(change) : change.group === 'schema' ? sayEntry(change) : undefined,
} satisfies Comparison

/** A line of the description of a structure, as `schema.ts` writes it. */
type Entry = { readonly id: string; readonly name: string; readonly definition: string }

/** Words of which a thing has a name of one word after them; everything behind the name is its definition. */
const kinds = [
  'partitioned table',
  'materialised view',
  'foreign table',
  'schema',
  'extension',
  'table',
  'view',
  'sequence',
  'type',
  'column',
  'constraint',
  'policy',
] as const

function shapeOfSchema(facts: unknown): unknown {
  if (typeof facts !== 'object' || facts === null || !('entries' in facts) || !Array.isArray(facts.entries))
    return facts
  return (facts.entries as unknown[]).map((line) => entryOf(String(line)))
}

function entryOf(line: string): Entry {
  const kind = kinds.find((one) => line.startsWith(`${one} `))
  const grant = /^grant (.+) to (\S+) (\S+)$/.exec(line)
  if (grant) {
    const [, object = '', role = '', rights = ''] = grant
    const name = `rights of ${role} on ${object}`
    return { id: name, name, definition: rights }
  }
  const [, object = '', digest = ''] = /^(.+) (#[0-9a-f]{12}) \(\d+ lines\)$/.exec(line) ?? []
  if (object !== '') return { id: object, name: object, definition: digest }
  const [, routine = '', returns = ''] = /^function ([^(]+\([^)]*\)) ?(.*)$/.exec(line) ?? []
  if (routine !== '') return { id: `function ${routine}`, name: `function ${routine}`, definition: returns }
  // A trigger is named by its table, too.
  const [, trigger = '', body = '', table = ''] = /^trigger (\S+) (.* ON (\S+).*)$/.exec(line) ?? []
  if (trigger !== '')
    return { id: `trigger ${trigger} ${table}`, name: `trigger ${trigger} on ${table}`, definition: body }
  const index = /^index CREATE (?:UNIQUE )?INDEX (\S+) /.exec(line)?.[1]
  if (index !== undefined) return { id: `index ${index}`, name: `index ${index}`, definition: line.slice(6) }
  if (kind === undefined) return { id: line, name: line, definition: '' }
  const rest = line.slice(kind.length + 1)
  const at = rest.indexOf(' ')
  const name = `${kind} ${at < 0 ? rest : rest.slice(0, at)}`
  return { id: name, name, definition: at < 0 ? '' : rest.slice(at + 1) }
}

/** A setting as `name: before → after`; one at its default has no value here. */
function saySetting({ kind, place, within: [name = ''], before, after }: FactChange): Text | undefined {
  if (kind === 'added' && place === 'configuration')
    return { en: `${name}: default → ${valueOf(after)}`, de: `${name}: Standard → ${valueOf(after)}` }
  if (kind === 'removed' && place === 'configuration')
    return { en: `${name}: ${valueOf(before)} → default`, de: `${name}: ${valueOf(before)} → Standard` }
  if (place === 'configuration.value') return both(`${name}: ${shown(before)} → ${shown(after)}`)
  if (place === 'configuration.pendingRestart')
    return after === true
      ? {
          en: `${name} was changed and waits for a restart`,
          de: `${name} wurde geändert und wartet auf einen Neustart`,
        }
      : { en: `${name} waits for no restart any more`, de: `${name} wartet auf keinen Neustart mehr` }
  return undefined
}

const valueOf = (record: unknown) =>
  typeof record === 'object' && record !== null && 'value' in record && record.value !== null
    ? shown(record.value)
    : '…'

const both = (line: string): Text => ({ en: line, de: line })

function sayEntry({ kind, place, within: [name = ''], before, after }: FactChange): Text | undefined {
  if (place === 'schema.definition' && kind === 'changed') return both(`${name}: ${shown(before)} → ${shown(after)}`)
  if (place !== 'schema' || (kind !== 'added' && kind !== 'removed')) return undefined
  const isNew = kind === 'added'
  const column = /^column (.+)\.([^.]+)$/.exec(name)
  const definition = definitionOf(isNew ? after : before)
  if (column) {
    const [, table = '', field = ''] = column
    return isNew
      ? {
          en: `Column ${field} added to table ${table}${definition}`,
          de: `Spalte ${field} in der Tabelle ${table} hinzugekommen${definition}`,
        }
      : { en: `Column ${field} removed from table ${table}`, de: `Spalte ${field} in der Tabelle ${table} weggefallen` }
  }
  return isNew
    ? { en: `${name} added${definition}`, de: `${name} hinzugekommen${definition}` }
    : { en: `${name} removed`, de: `${name} weggefallen` }
}

function definitionOf(record: unknown): string {
  const text = typeof record === 'object' && record !== null && 'definition' in record ? shown(record.definition) : '–'
  return text === '–' ? '' : `: ${text}`
}
