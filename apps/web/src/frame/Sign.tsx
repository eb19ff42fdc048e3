import type { Sign as SignData } from '@art32/press'
import { useLanguage } from '../language/use-language.ts'

/** Glyph and word of a state; the colour says it a third time. */
export function Sign({ sign }: { sign: SignData }) {
  const language = useLanguage()
  return (
    <span className={`sign ${sign.tone}`}>
      <span className="glyph" aria-hidden>
        {sign.glyph}
      </span>
      {sign.word[language]}
    </span>
  )
}
