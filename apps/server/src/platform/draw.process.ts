// Reads a PDF from standard input and writes a drawing of its first page to standard output; run by drawing.ts.
import { buffer } from 'node:stream/consumers'
import { drawFirstPage } from '@art32/press'

process.stdout.write((await drawFirstPage(await buffer(process.stdin))) ?? '')
