import { readGuidelineText } from '@art32/press'
import type { TextRun } from '@art32/press'
import './guideline.css'

/** The text of a guideline; its headings stand below the one that it is under. */
export function GuidelineText({ text, language, under = 2 }: { text: string; language: 'en' | 'de'; under?: 1 | 2 }) {
  const [Upper, Lower] = under === 1 ? (['h2', 'h3'] as const) : (['h3', 'h4'] as const)
  return (
    <div className="guideline-text" lang={language}>
      {readGuidelineText(text).map((piece, index) => {
        const key = `${index}`
        if (piece.kind === 'heading') {
          return piece.level === 3 ? <Lower key={key}>{piece.text}</Lower> : <Upper key={key}>{piece.text}</Upper>
        }
        if (piece.kind === 'paragraph') {
          return (
            <p key={key}>
              <Runs runs={piece.runs} />
            </p>
          )
        }
        const List = piece.ordered ? 'ol' : 'ul'
        return (
          <List key={key}>
            {piece.items.map((runs) => (
              <li key={runs.map((run) => run.text).join('')}>
                <Runs runs={runs} />
              </li>
            ))}
          </List>
        )
      })}
    </div>
  )
}

function Runs({ runs }: { runs: readonly TextRun[] }) {
  return runs.map(({ text, strong }, index) => {
    const key = `${index} ${text}`
    return strong ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>
  })
}
