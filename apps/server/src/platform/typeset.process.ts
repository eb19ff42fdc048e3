// Reads an edition as JSON from standard input and writes the forms that one maker makes of it, zipped without compression, to
// standard output; run by typesetter.ts.
import { buffer } from 'node:stream/consumers'
import { zipSync } from 'fflate'
import { formats, readEdition, renderKept } from '@art32/press'

const by = formats.find((format) => format.by === process.argv[2])?.by
if (by === undefined) throw new Error('Nothing is made by that.')
const files = await renderKept(readEdition((await buffer(process.stdin)).toString('utf8')), by)
process.stdout.write(zipSync(Object.fromEntries(files), { level: 0 }))
