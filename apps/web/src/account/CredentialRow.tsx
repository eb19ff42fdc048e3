import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import './members.css'

/** Something by which a program signs in: until when, when it last did, what else is to say, and a button that ends it. */
export function CredentialRow({
  name,
  place,
  endsAt,
  lastUse,
  button,
  children,
}: {
  name: string
  /** The tenant, or the person, it belongs to. */
  place?: string
  endsAt: string
  lastUse: string | null
  button: {
    readonly word: string
    /** The word with the name, for who hears the page. */
    readonly label: string
    readonly onClick: () => void
    readonly loading?: boolean
  }
  children: ReactNode
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <li className="row member">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">
          {[
            ...(place === undefined ? [] : [place]),
            t(isOver(endsAt) ? 'token.ended' : 'token.ends', { day: day(endsAt, language) }),
            lastUse === null ? t('token.unused') : t('token.used', { moment: moment(lastUse, language) }),
          ].join(' · ')}
        </p>
        <p className="note quiet">{children}</p>
      </div>
      <Button variant="default" onClick={button.onClick} loading={button.loading ?? false} aria-label={button.label}>
        {button.word}
      </Button>
    </li>
  )
}

/** Whether an instant has passed. */
export function isOver(instant: string): boolean {
  return Date.parse(instant) <= Date.now()
}
