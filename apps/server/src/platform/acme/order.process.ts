/**
 * Orders a certificate as a process of its own, so that a test can end it without notice: `node order.process.ts <folder>
 * <directory> <file of the authority> <port of the proof>`.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openAcme } from './renewal.ts'

const [folder = '', directory = '', ca = '', port = ''] = process.argv.slice(2)
const quiet = () => undefined
const acme = openAcme({
  setting: { directory, name: 'toms.example.com', contact: null, binding: null, authorityFile: null, folder },
  ca: readFileSync(ca, 'utf8'),
  now: () => new Date(),
  random: () => 0.5,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  mayOrder: () => Promise.resolve(true),
  renewed: quiet,
  times: { answer: 60_000, order: 120_000, pause: 5 },
})
const server = createServer((request, response) => {
  const found = acme.challenge(request.url ?? '')
  response.writeHead(found === null ? 404 : 200).end(found ?? '')
})
server.listen(Number(port), '127.0.0.1', () => {
  void acme.attend().then(() => server.close())
})
