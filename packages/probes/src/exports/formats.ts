import { csvOf } from './csv.ts'
import { junitOf } from './junit.ts'
import type { Look } from './look.ts'
import { ocsfOf } from './ocsf.ts'
import { oscalOf } from './oscal.ts'
import { sarifOf } from './sarif.ts'

/** A form in which a look can leave art32. */
export type ExportFormat = {
  /** What a file of it is called at its end, without the first dot. */
  readonly extension: string
  /** Its media type. */
  readonly type: string
  /** Whether it is of one time: a list of many looks at the same thing makes no sense in it. */
  readonly isOfOneTime: boolean
  readonly write: (look: Look) => Iterable<string>
}

/** Every format, by the name that commands and addresses use. */
export const exportFormats = {
  oscal: { extension: 'oscal.json', type: 'application/json', isOfOneTime: false, write: oscalOf },
  ocsf: { extension: 'ocsf.json', type: 'application/json', isOfOneTime: false, write: ocsfOf },
  sarif: { extension: 'sarif', type: 'application/sarif+json', isOfOneTime: true, write: sarifOf },
  junit: { extension: 'junit.xml', type: 'application/xml', isOfOneTime: true, write: junitOf },
  csv: { extension: 'csv', type: 'text/csv; charset=utf-8', isOfOneTime: false, write: csvOf },
} as const satisfies Readonly<Record<string, ExportFormat>>

/** The name of a format. */
export type ExportFormatName = keyof typeof exportFormats

/** Every name, for forms and options. */
export const exportFormatNames = [
  'oscal',
  'ocsf',
  'sarif',
  'junit',
  'csv',
] as const satisfies readonly ExportFormatName[]
