// Reads the sheet of an annex as JSON from standard input and writes its PDF or Word document to standard output; run by annex-typesetter.ts.
import { buffer } from 'node:stream/consumers'
import { renderAnnexDocx, renderAnnexPdf } from '@art32/press'
import type { AnnexSheet } from '@art32/press'

// Written by the server itself, in this very shape.
const sheet = JSON.parse((await buffer(process.stdin)).toString('utf8')) as AnnexSheet
process.stdout.write(await (process.argv[2] === 'docx' ? renderAnnexDocx(sheet) : renderAnnexPdf(sheet)))
