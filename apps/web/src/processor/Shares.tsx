import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue } from '@art32/catalogue'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useLanguage } from '../language/use-language.ts'
import { useLines } from './Control.tsx'
import { stale } from './processor-view.ts'
import type { ProcessorShown, ShareView } from './processor-view.ts'

/** Which measures a processor guarantees, and who does what of each. */
export function Shares({ shown: { processor, shares } }: { shown: ProcessorShown }) {
  const { t } = useTranslation()
  const mayConfirm = useMay('mapping:confirm') && processor.state !== 'ended'
  const [editing, setEditing] = useState(false)
  return (
    <section className="section">
      <h2>{t('processor.shares')}</h2>
      <p className="note">{t('processor.sharesLead')}</p>
      {editing ? (
        <Edit processor={processor} shares={shares} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Shown shares={shares} />
          {mayConfirm ? (
            <Button className="processor-button" onClick={() => setEditing(true)}>
              {t('processor.editShares')}
            </Button>
          ) : null}
        </>
      )}
    </section>
  )
}

function Shown({ shares }: { shares: readonly ShareView[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const lines = useLines(shares.some(({ statementId }) => statementId !== null))
  if (shares.length === 0) return <p>{t('processor.noShares')}</p>
  return (
    <ul className="rows">
      {shares.map((one) => (
        <li key={`${one.catalogueId} ${one.statementId}`} className="row">
          <div className="row-main">
            <h3 className="row-title">{measureTitle(one.catalogueId, language)}</h3>
            {one.statementId === null ? null : (
              <p className="note quiet">{lines.find(({ id }) => id === one.statementId)?.text}</p>
            )}
            <dl className="facts">
              {(
                [
                  ['byProcessor', one.byProcessor],
                  ['byUs', one.byUs],
                  ['byCustomer', one.byCustomer],
                ] as const
              )
                .filter(([, text]) => text !== '')
                .map(([who, text]) => (
                  <div key={who}>
                    <dt>{t(`processor.${who}`)}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
            </dl>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Edit({
  processor: { processorId, template },
  shares,
  onDone,
}: {
  processor: ProcessorShown['processor']
  shares: readonly ShareView[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const templates = useRead('processor.templates', {}, { enabled: template !== null })
  const [kept, setKept] = useState<readonly ShareView[]>(shares)
  const [wanted, setWanted] = useState('')
  const lines = useLines(true)
  const saving = useChange('processor.guarantee', { stale, quiet: true, onDone })
  const usual = templates.data?.templates.find((one) => one.template === template)?.measures ?? []
  const missing = usual.filter(({ measure }) => !kept.some(({ catalogueId }) => catalogueId === measure))
  const set = (index: number, change: Partial<ShareView>) =>
    setKept(kept.map((one, at) => (at === index ? { ...one, ...change } : one)))
  const add = (catalogueId: string) =>
    setKept([...kept, { catalogueId, statementId: null, byProcessor: '', byUs: '', byCustomer: '' }])
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ processorId, shares: [...kept] })
      }}
    >
      {missing.length === 0 ? null : (
        <div>
          <p>{t('processor.usual')}</p>
          <Button
            onClick={() =>
              setKept([
                ...kept,
                ...missing.map(({ measure, [language]: does }) => ({
                  catalogueId: measure,
                  statementId: null,
                  byProcessor: does.processor,
                  byUs: does.us,
                  byCustomer: does.customer,
                })),
              ])
            }
          >
            {t('processor.takeUsual', { count: missing.length })}
          </Button>
        </div>
      )}
      {kept.map((one, index) => (
        <fieldset key={`${index} ${one.catalogueId}`} className="processor-share">
          <legend>{measureTitle(one.catalogueId, language)}</legend>
          <NativeSelect
            label={t('processor.forLine')}
            value={one.statementId ?? ''}
            onChange={(event) =>
              set(index, { statementId: event.currentTarget.value === '' ? null : event.currentTarget.value })
            }
            data={[
              { value: '', label: t('processor.everyLine') },
              ...lines.map(({ id, text }) => ({ value: id, label: text })),
            ]}
          />
          {(['byProcessor', 'byUs', 'byCustomer'] as const).map((who) => (
            <TextInput
              key={who}
              maxLength={500}
              label={t(`processor.${who}`)}
              value={one[who]}
              onChange={(event) => set(index, { [who]: event.currentTarget.value })}
            />
          ))}
          <button type="button" className="text-button" onClick={() => setKept(kept.filter((_, at) => at !== index))}>
            {t('processor.removeShare')}
          </button>
        </fieldset>
      ))}
      <NativeSelect
        label={t('processor.addShare')}
        value={wanted}
        onChange={(event) => {
          if (event.currentTarget.value !== '') add(event.currentTarget.value)
          setWanted('')
        }}
        data={[
          { value: '', label: t('processor.choose') },
          ...catalogue.map((one) => ({ value: one.id, label: one.title[language] })),
        ]}
      />
      {saving.error ? (
        <p role="alert" className="bad">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('processor.save')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
