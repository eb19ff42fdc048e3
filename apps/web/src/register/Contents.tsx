import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { assuranceSigns } from '@art32/press'
import { besideQuery } from '../frame/Panel.tsx'
import { useLanguage } from '../language/use-language.ts'
import { worstOf } from './register-view.ts'
import type { Section } from './register-view.ts'

/** The table of sections, each with the worst assurance that stands in it. */
export function Contents({ sections }: { sections: readonly Section[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const beside = useMediaQuery(besideQuery, undefined, { getInitialValueInEffect: false })
  const entries = sections.filter(({ heading }) => heading !== null)
  if (entries.length < 2) return null
  return (
    <nav className="contents" aria-labelledby="contents">
      <details open={beside}>
        <summary>
          <h2 id="contents">{t('document.contents')}</h2>
        </summary>
        <ol>
          {entries.map((section) => {
            const worst = worstOf(section)
            const sign = worst === null ? null : assuranceSigns[worst]
            return (
              <li key={section.id} data-level={Math.min(section.heading?.level ?? 1, 3)}>
                <a href={`#${section.id}`}>
                  <span className={`glyph ${sign?.tone ?? ''}`} aria-hidden>
                    {sign?.glyph}
                  </span>
                  <span>{section.heading?.text}</span>
                  {sign ? <span className="hidden"> ({sign.word[language]})</span> : null}
                </a>
              </li>
            )
          })}
        </ol>
      </details>
    </nav>
  )
}
