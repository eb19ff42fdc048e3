import { describe, expect, it } from 'vitest'
import { linesFrom, placesFrom } from './processor-view.ts'

describe('what people enter of a processor', () => {
  it('takes codes of countries between whatever signs, each once', () => {
    expect(placesFrom('de, US;de / ie')).toEqual(['DE', 'US', 'IE'])
    expect(placesFrom(' ')).toEqual([])
  })

  it('takes one entry a line and leaves out empty ones', () => {
    expect(linesFrom(' one \n\n two\n')).toEqual(['one', 'two'])
  })
})
