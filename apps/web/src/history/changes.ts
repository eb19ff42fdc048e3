import type { TFunction } from 'i18next'
import type { HistoryEvent } from '../api/api.ts'
import type { Language } from '@art32/catalogue'
import { day, moment, plainValue } from '../language/format.ts'

/** One field that an event changed; a side that is not there was not recorded. */
export interface Change {
  readonly field: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Fields that say nothing to a reader: shapes and hashes of records, and what stands in the line above already. */
const silent = new Set(['format', 'sha256', 'factsHash', 'account', 'checkDigest', 'subject'])
const longestShown = 400

/** What an event changed, field by field; what stayed the same is left out. */
export function changesOf({ before, after }: Pick<HistoryEvent, 'before' | 'after'>): Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return fields.flatMap((field) => {
    const [old, now] = [before?.[field], after?.[field]]
    if (silent.has(field) || isDeep(old) || isDeep(now) || JSON.stringify(old) === JSON.stringify(now)) return []
    // What is new says what it has; what it has not would be a list of dashes.
    if ((old === undefined || isEmpty(old)) && (now === undefined || isEmpty(now))) return []
    return [{ field, ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }]
  })
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether a value is a record of its own, or a bare id: for the ledger, not for a line. */
function isDeep(value: unknown): boolean {
  if (typeof value === 'string')
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) || /^[[{]/.test(value)
  if (Array.isArray(value)) return value.some(isDeep)
  return typeof value === 'object' && value !== null
}

/** The name of a field in words; one without words stays as it is written. */
export function fieldWord(field: string, t: TFunction): string {
  const name = field.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  return t(`history.field.${name}` as 'history.field.name', { defaultValue: field })
}

/** A value in words where it has some: a role, a status, yes or no. */
export function valueWord(field: string, value: unknown, t: TFunction, language: Language): string {
  if (value === null || value === '') return t('history.nothing')
  if (typeof value === 'boolean') return t(value ? 'history.yes' : 'history.no')
  const text = plainValue(value)
  if (text === '') return t('history.nothing')
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text, language)
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return moment(text, language)
  const folder = folders[field]
  const known = folder === undefined ? '' : t(`${folder}.${text}` as 'role.owner', { defaultValue: '' })
  if (known !== '') return known
  return text.length > longestShown ? `${text.slice(0, longestShown)} …` : text
}

/** Where the words of a field's values stand. */
const folders: Readonly<Record<string, string>> = {
  role: 'role',
  status: 'status',
  guarantor: 'guarantor',
  visibility: 'visibility',
  audience: 'visibility',
  environment: 'systems.environments',
  scope: 'grant.scope',
  reason: 'reason',
  language: 'history.language',
  transfer: 'processor.transfer',
  contract_of: 'processor.contractOf',
  side: 'history.side',
  state: 'event.code',
  connector: 'connector',
}
