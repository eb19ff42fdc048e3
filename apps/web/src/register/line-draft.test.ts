import { expect, it } from 'vitest'
import { aLine } from './a-line.ts'
import { changesAnything, draftOf, editOf, rebased } from './line-draft.ts'

const line = {
  ...aLine('1', 'RAID 5 is used.', ['raid']),
  parameters: { raid: 5, certificates: ['ISO 27001'], tls: '1.2' },
}
if (!line.measure) throw new Error('a line without a measure')
const base = draftOf(line, line.measure)
const edit = (change: Partial<typeof base>) => editOf(base, { ...base, ...change }, line.parameters)

it('changes nothing as long as nothing is written', () => {
  expect(edit({})).toEqual({ said: null, terms: null })
  expect(changesAnything(edit({ text: ' RAID 5 is used. ', owner: ' ' }))).toBe(false)
})

it('sends only what was changed, and what was emptied as nothing', () => {
  expect(edit({ text: 'RAID 1 is used.', condition: 'in the office' })).toEqual({
    said: { text: 'RAID 1 is used.', condition: 'in the office' },
    terms: null,
  })
  expect(editOf({ ...base, condition: 'x', owner: 'CTO', cadence: 'P1Y' }, base, line.parameters)).toEqual({
    said: { condition: null },
    terms: { owner: null, cadence: null },
  })
})

it('keeps values in the kind that they had', () => {
  expect(edit({ parameters: { raid: '1', certificates: 'ISO 27001, SOC 2', tls: '' } }).said?.parameters).toEqual({
    raid: 1,
    certificates: ['ISO 27001', 'SOC 2'],
  })
})

it('keeps what somebody else changed where the writer touched nothing', () => {
  const theirs = { ...base, owner: 'CTO', text: 'RAID 6 is used.' }
  expect(rebased(base, { ...base, text: 'RAID 1 is used.' }, theirs)).toEqual({
    ...base,
    owner: 'CTO',
    text: 'RAID 1 is used.',
  })
})
