import { publishingSuite } from './publishing-suite.ts'

publishingSuite([
  'while the files are typeset',
  'before the commit',
  'after the commit, before the leaf has its place',
  'before its jobs are handed to the queue',
])
