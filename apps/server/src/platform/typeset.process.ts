// Reads an edition as JSON from standard input and writes its PDF or Word document to standard output; run by typesetter.ts.
import { buffer } from 'node:stream/consumers'
import { readEdition, renderDocx, renderPdf } from '@art32/press'

const edition = readEdition((await buffer(process.stdin)).toString('utf8'))
process.stdout.write(await (process.argv[2] === 'docx' ? renderDocx(edition) : renderPdf(edition)))
