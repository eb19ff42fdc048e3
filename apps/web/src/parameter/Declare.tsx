import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { outcomeSigns } from '../check/outcome-sign.ts'
import { ConnectorForm, settingsOf } from '../connection/ConnectorForm.tsx'
import type { Entered } from '../connection/ConnectorForm.tsx'
import type { Output, ParameterCheckView } from '../api/api.ts'
import { Sign } from '../frame/Sign.tsx'
import { useLanguage } from '../language/use-language.ts'
import { changedFields, enteredOf } from './parameter-view.ts'

const everywhere = ''

/** The form by which parameters of one check are declared, made from what the check takes. */
export function Declare({ check }: { check: ParameterCheckView }) {
  const { t } = useTranslation()
  const only = check.systems.length === 1 ? (check.systems[0]?.id ?? everywhere) : everywhere
  const [place, setPlace] = useState(check.declared[0] ? (check.declared[0].systemId ?? everywhere) : only)
  const known = check.declared.find(({ systemId }) => (systemId ?? everywhere) === place)
  return (
    <>
      <NativeSelect
        label={t('parameter.where')}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
        data={[
          { value: everywhere, label: t('parameter.everywhere') },
          ...check.systems.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <DeclareThere key={`${place} ${known?.at ?? ''}`} check={check} place={place} given={known?.given ?? {}} />
    </>
  )
}

function DeclareThere({
  check,
  place,
  given,
}: {
  check: ParameterCheckView
  place: string
  given: Readonly<Record<string, unknown>>
}) {
  const { t } = useTranslation()
  const [entered, setEntered] = useState<Entered>(() => enteredOf(check.fields, given))
  const [reason, setReason] = useState('')
  const [broken, setBroken] = useState(false)
  const fields = check.fields.map((field) => ({ ...field, required: false, secret: false }))
  const where = { checkId: check.id, systemId: place === everywhere ? null : place }
  const previewing = useChange('parameter.preview', { quiet: true })
  const setting = useChange('parameter.set', {
    stale: ['parameter.list', 'outcome.list', 'finding.list', 'connection.list', 'register.show', 'platform.list'],
    quiet: true,
  })
  /** Null where a structure is no JSON. */
  const values = () => {
    const changed = new Set(changedFields(check.fields, entered).map(({ name }) => name))
    const all = settingsOf(
      fields.filter(({ name }) => changed.has(name)),
      entered,
    )
    setBroken(all === null)
    return all
  }
  const error = setting.error ?? previewing.error
  return (
    <form
      className="form parameter-form"
      onSubmit={(event) => {
        event.preventDefault()
        const own = values()
        if (own) setting.mutate({ ...where, given: own, reason: reason.trim() })
      }}
    >
      <ConnectorForm
        connector={{ fields }}
        entered={entered}
        allOptional
        onEnter={(now) => {
          setEntered(now)
          previewing.reset()
        }}
      />
      <Textarea
        label={t('parameter.reason')}
        description={t('parameter.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={1_000}
        autosize
        minRows={2}
      />
      {broken || error ? (
        <p className="field-problem" role="alert">
          {broken ? t('connect.noJson') : error ? sentenceOf(error, t) : ''}
        </p>
      ) : null}
      {previewing.data ? <Preview {...previewing.data} /> : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={setting.isPending}>
          {t('parameter.set')}
        </Button>
        <Button
          loading={previewing.isPending}
          onClick={() => {
            const own = values()
            if (own) previewing.mutate({ ...where, given: own })
          }}
        >
          {t('parameter.preview')}
        </Button>
      </div>
    </form>
  )
}

/** What would be judged otherwise with what is entered. */
function Preview({ looks, turns, more }: Output<'parameter.preview'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (looks === 0) return <p role="status">{t('parameter.noLook')}</p>
  if (turns.length === 0) return <p role="status">{t('parameter.noTurn')}</p>
  return (
    <div role="status">
      <p>{t('parameter.turns', { count: turns.length + more })}</p>
      <ul className="subjects">
        {turns.map(({ subject, from, to, say }) => (
          <li key={`${subject} ${from} ${to}`}>
            <span className="turn">
              {from === null || from === 'stale' ? null : <Sign sign={outcomeSigns[from]} />}
              <span aria-hidden>→</span>
              {to === null || to === 'stale' ? null : <Sign sign={outcomeSigns[to]} />}
            </span>
            <span>{say[language]}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="note quiet">{t('parameter.more', { count: more })}</p> : null}
    </div>
  )
}
