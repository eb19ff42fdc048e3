import type { OutcomeCounts } from '../api/api.ts'
import { useLanguage } from '../language/use-language.ts'
import { outcomeSigns, worstFirst } from './outcome-sign.ts'

/** How many outcomes of each state, those that are there, the worst first. */
export function OutcomeTally({ counts }: { counts: OutcomeCounts }) {
  const language = useLanguage()
  const found = worstFirst.filter((state) => counts[state] > 0)
  if (found.length === 0) return null
  return (
    <ul className="outcome-tally">
      {found.map((state) => {
        const { glyph, tone, word } = outcomeSigns[state]
        return (
          <li key={state} className={tone}>
            <span className="glyph" aria-hidden>
              {glyph}
            </span>
            {counts[state]} {word[language]}
          </li>
        )
      })}
    </ul>
  )
}
