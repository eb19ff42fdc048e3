import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { durationWord } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { kindKey } from './kind.ts'

/** What is offered; another length is set by the API. */
const offered = [3, 6, 12, 24, 36, 48, 60, 72, 120]

/** How long files are kept, by the kind of what they belong to. */
export function Periods({ kinds }: { kinds: Output<'file.search'>['kinds'] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayChange = useMay('access:write')
  const changing = useChange('file.set_period', { stale: ['file.search'] })
  const word = (months: number) => durationWord(months % 12 === 0 ? `P${months / 12}Y` : `P${months}M`, language)
  const limited = kinds.flatMap(({ kind, months }) => (months === null ? [] : [{ kind, months }]))
  return (
    <section className="section" aria-labelledby="file-periods">
      <h2 id="file-periods">{t('file.periods')}</h2>
      <p>{t('file.periodsText')}</p>
      {limited.length === 0 ? null : (
        <ul className="rows">
          {limited.map(({ kind, months }) => (
            <li key={kind} className="row">
              <p className="row-main">
                {t('file.periodOf', { kind: t(`file.kind.${kindKey(kind)}`), period: word(months) })}
              </p>
              {mayChange ? (
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('file.endPeriodOf', { kind: t(`file.kind.${kindKey(kind)}`) })}
                  onClick={() => changing.mutate({ kind, months: null })}
                >
                  {t('file.endPeriod')}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayChange ? (
        <SetPeriod
          kinds={kinds.map(({ kind }) => kind)}
          word={word}
          isSending={changing.isPending}
          onSet={(kind, months) => changing.mutate({ kind, months })}
        />
      ) : null}
    </section>
  )
}

function SetPeriod({
  kinds,
  word,
  isSending,
  onSet,
}: {
  kinds: readonly string[]
  word: (months: number) => string
  isSending: boolean
  onSet: (kind: string, months: number) => void
}) {
  const { t } = useTranslation()
  const [kind, setKind] = useState(kinds[0] ?? '')
  const [months, setMonths] = useState('36')
  return (
    <form
      className="file-filters file-period"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(kind, Number(months))
      }}
    >
      <NativeSelect
        label={t('file.of')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds.map((one) => ({ value: one, label: t(`file.kind.${kindKey(one)}`) }))}
      />
      <NativeSelect
        label={t('file.period')}
        value={months}
        onChange={(event) => setMonths(event.currentTarget.value)}
        data={offered.map((one) => ({ value: String(one), label: word(one) }))}
      />
      <Button type="submit" loading={isSending}>
        {t('file.setPeriod')}
      </Button>
    </form>
  )
}
