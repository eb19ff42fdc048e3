import { bench } from '../packages/reader/bench.ts'
import { rounded, type Row } from './table.ts'

/** Precision, recall and F1 on the labelled documents beside the repository, and the time for one document. */
export async function measure(): Promise<readonly Row[]> {
  const { languages, documents, note } = await bench()
  if (note !== null) return [{ what: 'statements mapped', value: null, unit: '', note }]
  const promised: Readonly<Record<string, string>> = {
    sources: 'at least 0.95',
    en: 'at least 0.80',
    de: 'at least 0.80',
  }
  return languages.flatMap(({ name, precision, recall, f1, ms }): Row[] => [
    {
      what: `${name}: F1`,
      value: rounded(f1),
      unit: '',
      ...(promised[name] === undefined ? {} : { bar: promised[name] }),
      note: `precision ${rounded(precision)}, recall ${rounded(recall)}`,
    },
    {
      what: `${name}: time per document`,
      value: rounded(ms),
      unit: 'ms',
      bar: 'at most 1,000 ms for 20 pages',
      note: `${documents.length} documents in all`,
    },
  ])
}
