import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { goals } from '@art32/catalogue'
import type { CoverageView } from '../api/api.ts'
import { useTenant } from '../api/use-api.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useLanguage } from '../language/use-language.ts'

/** What Art. 25, 28 and 32 and the protection goals ask for, and what of it the document does not speak of. */
export function Coverage({ coverage }: { coverage: CoverageView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const all = [...coverage.provisions, ...coverage.goals]
  const open = all.filter(({ missing, covered }) => !covered || missing.length > 0)
  return (
    <details className="fold">
      <summary>
        <h2>{t('coverage.title')}</h2>
        <span className="quiet">
          {t('coverage.summary', {
            count: all.filter(({ covered }) => covered).length,
            all: all.length,
            open: open.length,
          })}
        </span>
      </summary>
      <ul className="coverage">
        {all.map(({ key, covered, missing, statements }) => (
          <li key={key}>
            <span className={`glyph ${covered ? 'good' : 'waiting'}`} aria-hidden>
              {covered ? '●' : '△'}
            </span>
            <span className="coverage-name">{nameOf(key)}</span>
            <span className="quiet note">
              {covered ? t('coverage.lines', { count: statements.length }) : t('coverage.none')}
              {missing.length === 0 ? null : (
                <>
                  {' · '}
                  {t('coverage.missing')}{' '}
                  {missing.map((id, position) => (
                    <span key={id}>
                      {position === 0 ? '' : ', '}
                      <Link to="/t/$slug/catalogue" params={{ slug }} search={{ find: measureTitle(id, language) }}>
                        {measureTitle(id, language)}
                      </Link>
                    </span>
                  ))}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="note quiet">{t('coverage.limit')}</p>
    </details>
  )

  function nameOf(key: string): string {
    const goal = goals.find(({ id }) => id === key)
    if (goal) return goal.title[language]
    const provision = key.replace(/^art\.?\s*/i, '')
    return t('coverage.article', {
      provision,
      name: t(`coverage.name.${provision}` as 'coverage.name.25', { defaultValue: '' }),
    }).trim()
  }
}
