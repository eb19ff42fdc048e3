import fs from 'node:fs'
import path from 'node:path'

import { filesBelow, isTest, read, type Finding, type Gate } from '../gate.ts'

const RUN_LENGTH = 6
/** A run of words that this many documents share is the Regulation's or the trade's wording, nobody's own. */
const COMMON_TO = 4
/** Wording of the Regulation (headings of Art. 5 and 25; Art. 32(1)(b) to (d)), which few documents quote in full. */
const statute = [
  'data protection by design and by default',
  'principles relating to processing of personal data',
  'datenschutz durch technikgestaltung und durch datenschutzfreundliche voreinstellungen',
  'the ability to ensure the ongoing confidentiality integrity availability and resilience of processing systems and services',
  'the ability to restore the availability and access to personal data in a timely manner in the event of a physical or technical incident',
  'a process for regularly testing assessing and evaluating the effectiveness of technical and organisational measures',
  'die fähigkeit die vertraulichkeit integrität verfügbarkeit und belastbarkeit der systeme und dienste im zusammenhang mit der verarbeitung auf dauer sicherzustellen',
  'die fähigkeit die verfügbarkeit der personenbezogenen daten und den zugang zu ihnen bei einem physischen oder technischen zwischenfall rasch wiederherzustellen',
  'ein verfahren zur regelmäßigen überprüfung bewertung und evaluierung der wirksamkeit der technischen und organisatorischen maßnahmen',
  'grundsätze für die verarbeitung personenbezogener daten',
].join(' · ')

/** The reader's words are our own: they hold no run of six words of a document that it is measured on. */
export const lexicon: Gate = {
  name: 'lexicon',
  holds: "no six words in a row in the reader that were copied from somebody's document",
  run(root) {
    const corpus = path.resolve(root, '..', 'shared', 'corpus')
    if (!fs.existsSync(corpus)) return { skipped: 'the corpus is not beside the repository' }
    const copied = ownRuns(corpus)
    return filesBelow(root)
      .filter((file) => /^packages\/reader\/(src|data)\/.*\.(ts|json|txt)$/.test(file) && !isTest(file))
      .flatMap((file) => judge(root, file, copied))
  },
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? []

function runsOf(words: readonly string[]): Set<string> {
  const last = words.length - RUN_LENGTH
  return new Set(Array.from({ length: Math.max(0, last + 1) }, (_, at) => words.slice(at, at + RUN_LENGTH).join(' ')))
}

/** Each run of six words, with the document it comes from; without those that several documents share. */
function ownRuns(corpus: string): Map<string, string> {
  const documents = new Map<string, string[]>()
  for (const name of fs.readdirSync(corpus).filter((file) => /^\d.*\.txt$/.test(file))) {
    for (const run of runsOf(wordsOf(fs.readFileSync(path.join(corpus, name), 'utf8')))) {
      const known = documents.get(run)
      if (known) known.push(name)
      else documents.set(run, [name])
    }
  }
  const own = [...documents].filter(([, names]) => names.length < COMMON_TO)
  return new Map(own.map(([run, names]) => [run, names.join(', ')]))
}

/** Literal by literal: two entries of a list that stand side by side are no sentence. */
function judge(root: string, file: string, copied: ReadonlyMap<string, string>): Finding[] {
  return read(root, file)
    .split('\n')
    .flatMap((line, at) => {
      const runs = line.split(/['"`|]/).flatMap((literal) => [...runsOf(wordsOf(literal))])
      const run = runs.find((words) => copied.has(words) && !statute.includes(words))
      if (!run) return []
      const says = `"${run}" stands in ${copied.get(run) ?? ''}`
      return [{ place: `${file}:${at + 1}`, says, remedy: 'Say it in words of your own, or by its key words.' }]
    })
}
