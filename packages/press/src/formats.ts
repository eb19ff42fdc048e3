import type { Language } from './language.ts'

/**
 * What makes a file of an edition.
 *
 * - `setter`: typst, in a process of its own; one setting gives every PDF;
 * - `word`: the writer of Word documents, in a process of its own;
 * - `text`: a pure function of the document, quick;
 * - `document`: the document as it is kept; written out when asked for;
 * - `ledger`: the ledger, when asked for.
 */
export type Maker = 'setter' | 'word' | 'text' | 'document' | 'ledger'

/** A form in which an edition is handed out. */
export interface Format {
  /** How operations and the command line name it. */
  readonly key: string
  /** Its name below the public page, and in the ledger where it is kept. */
  readonly file: string
  readonly type: string
  readonly by: Maker
  /** What its link says. */
  readonly label: Readonly<Record<Language, string>>
}

/**
 * Every form of an edition, in the order in which they are offered. Publishing, the public page and its routes, the
 * operation that hands out files, the workplace and the command line follow from this table: a new form is one row here,
 * and where it is made, its renderer in `render.ts`, which the compiler demands.
 */
export const formats = [
  {
    key: 'pdf',
    file: 'edition.pdf',
    type: 'application/pdf',
    by: 'setter',
    label: { en: 'PDF', de: 'PDF' },
  },
  {
    key: 'pdf-a',
    file: 'edition-archive.pdf',
    type: 'application/pdf',
    by: 'setter',
    label: { en: 'PDF for archives (PDF/A-3)', de: 'PDF fürs Archiv (PDF/A-3)' },
  },
  {
    key: 'docx',
    file: 'edition.docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    by: 'word',
    label: { en: 'Word document (DOCX)', de: 'Word-Dokument (DOCX)' },
  },
  {
    key: 'md',
    file: 'edition.md',
    type: 'text/markdown; charset=utf-8',
    by: 'text',
    label: { en: 'Text (Markdown)', de: 'Text (Markdown)' },
  },
  {
    key: 'json',
    file: 'edition.json',
    type: 'application/json',
    by: 'document',
    label: { en: 'Data (JSON)', de: 'Daten (JSON)' },
  },
  {
    key: 'bundle',
    file: 'bundle.zip',
    type: 'application/zip',
    by: 'ledger',
    label: { en: 'Proof bundle', de: 'Nachweispaket' },
  },
] as const satisfies readonly Format[]

/** The name of a form. */
export type FormatKey = (typeof formats)[number]['key']

/** The forms that are made once, when the edition is, and kept with their hashes in the ledger. */
export type KeptKey = Extract<(typeof formats)[number], { readonly by: 'setter' | 'word' | 'text' }>['key']

/** Names of all forms. */
export const formatKeys: readonly FormatKey[] = formats.map(({ key }) => key)

/** A form that is kept. */
export interface KeptFormat extends Format {
  readonly key: KeptKey
  readonly by: 'setter' | 'word' | 'text'
}

/** The rows of {@link formats} that are kept. */
export const keptFormats: readonly KeptFormat[] = formats.filter(
  (format) => format.by === 'setter' || format.by === 'word' || format.by === 'text',
)
