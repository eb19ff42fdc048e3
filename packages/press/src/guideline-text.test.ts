import { expect, it } from 'vitest'
import { readGuidelineText } from './guideline-text.ts'

const plain = (text: string) => ({ text, strong: false })

it('reads headings, paragraphs, lists and strong words', () => {
  expect(readGuidelineText('## Title\nOne\ntwo **three**.\n\n- a\n- **b**\n1. c\n2. d\n\nEnd')).toEqual([
    { kind: 'heading', level: 2, text: 'Title' },
    { kind: 'paragraph', runs: [plain('One two '), { text: 'three', strong: true }, plain('.')] },
    { kind: 'list', ordered: false, items: [[plain('a')], [{ text: 'b', strong: true }]] },
    { kind: 'list', ordered: true, items: [[plain('c')], [plain('d')]] },
    { kind: 'paragraph', runs: [plain('End')] },
  ])
})

it('takes everything else for text', () => {
  for (const text of ['<script>x()</script>', '[x](javascript:x())', '![x](y)', '**half', '`code`', '#no', '| a |'])
    expect(readGuidelineText(text)).toEqual([{ kind: 'paragraph', runs: [plain(text)] }])
})
