import { useTranslation } from 'react-i18next'
import type { StatementView } from '../api/api.ts'

/** Lines that stand in full under another heading and belong to this one, too. */
export function Also({ statements, onOpen }: { statements: readonly StatementView[]; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation()
  if (statements.length === 0) return null
  return (
    <div className="also">
      <p className="quiet" lang={i18n.language}>
        {t('order.also')}
      </p>
      <ul>
        {statements.map(({ id, text }) => (
          <li key={id}>
            <button type="button" className="text-button" onClick={() => onOpen(id)}>
              {text.length > 110 ? `${text.slice(0, 108)} …` : text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
