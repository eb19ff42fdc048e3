import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromVectors, vectors } from '../testing/node-crypto.ts'

const page = readFileSync(new URL('../../../docs/reference/conformance.md', import.meta.url), 'utf8')

/** The figure of a row: `196 of 196`. */
function figureOf(row: string): readonly [passed: number, of: number] {
  const [, passed, of] = new RegExp(`^\\| ${row} .*\\| (\\d+) of (\\d+) +\\|`, 'm').exec(page) ?? []
  return [Number(passed), Number(of)]
}

const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(join(vectors ?? '', folder), { recursive: true, encoding: 'utf8' }).filter((name) => pattern.test(name))
    .length

describe.skipIf(vectors === undefined)(`the page of conformance ${fromVectors}`, () => {
  it('counts what the vectors hold', () => {
    const merkle = ['inclusion', 'consistency'].map((kind) => filesIn(`merkle/testdata/${kind}`, /[.]json$/))
    const ed25519 = JSON.parse(readFileSync(join(vectors ?? '', 'wp/ed25519_test.json'), 'utf8')) as {
      numberOfTests: number
    }
    const golden = filesIn('tessera/testdata/log', /^checkpoint(?:[.]\d+)?$|[.]p[/]\d+$/)
    const counted = {
      'Merkle inclusion, consistency': merkle.reduce((sum, n) => sum + n, 0),
      'golden log, byte for byte': golden,
      'canonical JSON': filesIn('jcs/testdata/input', /[.]json$/),
      'Ed25519 verification': ed25519.numberOfTests,
    }
    for (const [row, count] of Object.entries(counted)) expect([row, figureOf(row)]).toEqual([row, [count, count]])
  })
})
