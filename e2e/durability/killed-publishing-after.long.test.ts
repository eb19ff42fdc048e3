import { publishingSuite } from './publishing-suite.ts'

publishingSuite([
  'when it was answered, before the letters',
  'while a letter is handed over',
  'while the bundle is made',
])
