import { NativeSelect } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'

/** Two versions, or one and the draft, word by word. */
export function Compared({ appId, versions }: { appId: string; versions: readonly number[] }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(versions[0] ?? 1)
  const [to, setTo] = useState<number | null>(null)
  const numbered = versions.map((number) => ({ value: String(number), label: t('app.numbered', { number }) }))
  return (
    <details>
      <summary>{t('app.compare')}</summary>
      <div className="customer-pair">
        <NativeSelect
          label={t('app.from')}
          value={String(from)}
          onChange={(event) => setFrom(Number(event.currentTarget.value))}
          data={numbered}
        />
        <NativeSelect
          label={t('app.to')}
          value={to === null ? '' : String(to)}
          onChange={(event) => setTo(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
          data={[{ value: '', label: t('app.draft') }, ...numbered]}
        />
      </div>
      <Parts appId={appId} from={from} to={to} />
    </details>
  )
}

function Parts({ appId, from, to }: { appId: string; from: number; to: number | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead('app.compare', { appId, from, language, ...(to === null ? {} : { to }) })
  return (
    <Loaded read={read}>
      {({ parts }) => {
        const changed = parts.filter(({ isChanged }) => isChanged)
        return (
          <div className="app-sheet">
            {changed.length === 0 ? <p>{t('app.same')}</p> : null}
            {changed.map(({ key, title, runs }) => (
              <Fragment key={key}>
                <h3>{title}</h3>
                <p>
                  {runs.map((run, place) => {
                    const id = `${place} ${run.in}`
                    if (run.in === 'before') return <del key={id}>{run.text}</del>
                    if (run.in === 'after') return <ins key={id}>{run.text}</ins>
                    return <span key={id}>{run.text}</span>
                  })}
                </p>
              </Fragment>
            ))}
          </div>
        )
      }}
    </Loaded>
  )
}
