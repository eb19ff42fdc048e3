// Reads an edition as JSON from standard input and writes its PDF to standard output; run by typesetter.ts.
import { buffer } from 'node:stream/consumers'
import { readEdition, renderPdf } from '@art32/press'

const edition = readEdition((await buffer(process.stdin)).toString('utf8'))
process.stdout.write(await renderPdf(edition))
