import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readTargets } from './target-file.ts'
import { TargetError } from './target.ts'

const file = `
- connector: hetzner
  settings:
    project: shop
    token: \${HETZNER_TOKEN}
- connector: dns
  settings: { domain: example.org }
`

it('takes secrets from the environment', () => {
  const targets = readTargets(file, { HETZNER_TOKEN: 'quiet-heron' })
  expect(targets.map(({ connector }) => connector)).toEqual(['hetzner', 'dns'])
  expect(targets[0]?.settings).toMatchObject({ token: 'quiet-heron' })
  expect(targets.map(({ system }) => system).join()).not.toContain('quiet-heron')
})

it.each([
  ['a variable that is not set', file, 'Entry 1: the environment has no variable HETZNER_TOKEN'],
  ['an unknown connector', '- connector: nothing', 'Entry 1, nothing'],
  ['a setting that is not known', '- connector: dns\n  settings: { domain: example.org, port: 1 }', 'port'],
  ['a missing setting', '- connector: dns', 'domain'],
  ['something else than a list', 'connector: dns', 'The file: expected a list'],
  ['a bomb of aliases', `- &a [x]\n- [${'*a,'.repeat(50)}*a]`, 'neither YAML nor JSON'],
  ['a file without end', `- ${'x'.repeat(300_000)}`, '256 KiB'],
])('refuses %s with its place', (_name, text, says) => {
  expect(() => readTargets(text, {})).toThrow(says)
})

it('reads any text in the end, or refuses it with a reason of its own', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      try {
        readTargets(text, {})
      } catch (error) {
        expect(error).toBeInstanceOf(TargetError)
      }
    }),
  )
})
