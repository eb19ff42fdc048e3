import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { parseLynis, parseXccdf } from './baseline.ts'
import { parseKeyFile } from './screen-lock.ts'
import { parseDisk } from './smart.ts'

const at = new Date('2026-01-01')
const parts = fc.constantFrom(
  'lynis_version=3.0.9\n',
  'hardening_index=70\n',
  'hardening_index=x\n',
  'warning[]=AUTH-9282|x|\n',
  'lynis_tests_done=200\n',
  '<rule-result idref="a.b"><result>fail</result></rule-result>',
  '<xccdf:rule-result ',
  '<score>',
  '<score system="x">99.5</score>',
  '<profile idref="',
  '[org/gnome]\n',
  'idle-delay=uint32 300\n',
  '=',
  '<',
  '"',
  '\u0000',
)
const text = fc.oneof(
  fc.string(),
  fc.json(),
  fc.array(parts).map((list) => list.join('')),
)

it('a report of a machine is read, or it is said that it cannot be', () => {
  fc.assert(
    fc.property(text, (one) => {
      for (const read of [
        () => parseLynis(one, at),
        () => parseXccdf(one, at),
        () => parseKeyFile(one),
        () => parseDisk('/dev/sda', one),
      ])
        try {
          read()
        } catch (error) {
          const isTold = [Unreadable, SyntaxError, z.ZodError].some((known) => error instanceof known)
          expect(isTold, String(error)).toBe(true)
        }
    }),
    { seed: 1, numRuns: 3_000 },
  )
})

it('a report of a machine that never ends is read in time that grows with its length', () => {
  for (const one of ['<rule-result ', '<score ', '<profile ', 'warning[]=', '[a', 'a=\t']) {
    const long = `lynis_version=1\nhardening_index=1\n${one.repeat(200_000)}\n`
    expect(() => [parseLynis(long, at), parseXccdf(long, at), parseKeyFile(long)]).not.toThrow(RangeError)
  }
})
