// Reads a document from standard input and writes what was read, or why not, as JSON to standard output; run by reading.ts.
import { buffer } from 'node:stream/consumers'
import { ReaderError, readDocument } from '@art32/reader'

const [name = 'document', now = ''] = process.argv.slice(2)
try {
  const result = await readDocument(await buffer(process.stdin), { name, now: new Date(now) })
  process.stdout.write(JSON.stringify({ result }))
} catch (error) {
  if (!(error instanceof ReaderError)) throw error
  process.stdout.write(JSON.stringify({ refused: { en: error.say('en'), de: error.say('de') } }))
}
