import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { roleWord } from './role-word.ts'

const shortestReason = 10

/** Asks why something is promised otherwise, and whether another line keeps the level: a person says so, never the machine. */
export function Decide({ change }: { change: ChangeView }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const [reason, setReason] = useState('')
  const [equivalent, setEquivalent] = useState('')
  const deciding = useChange('edition.decide', {
    stale: ['edition.compare'],
    quiet: true,
    onDone: () => setOpened(false),
  })
  if (!opened)
    return (
      <div className="actions">
        <Button size="compact-sm" onClick={() => setOpened(true)}>
          {t(change.decided === null ? 'compare.decide' : 'compare.decideAnew')}
        </Button>
      </div>
    )
  return (
    <form
      className="blocks compare-decide"
      onSubmit={(event) => {
        event.preventDefault()
        deciding.mutate({ change: change.key, reason, equivalent: equivalent === '' ? null : equivalent })
      }}
    >
      <Textarea
        label={t('compare.reason')}
        description={t('compare.reasonHelp')}
        required
        autosize
        minRows={2}
        minLength={shortestReason}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {change.alternatives.length === 0 ? null : (
        <NativeSelect
          label={t('compare.equivalent')}
          description={t('compare.equivalentHelp')}
          value={equivalent}
          onChange={(event) => setEquivalent(event.currentTarget.value)}
          data={[
            { value: '', label: t('compare.noEquivalent') },
            ...change.alternatives.map(({ id, text }) => ({ value: id, label: text })),
          ]}
        />
      )}
      {deciding.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(deciding.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button
          type="submit"
          variant="filled"
          loading={deciding.isPending}
          disabled={reason.trim().length < shortestReason}
        >
          {t('compare.decide')}
        </Button>
        <Button onClick={() => setOpened(false)}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

/** What was decided, by which role and when. */
export function Decided({ decided }: { decided: NonNullable<ChangeView['decided']> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <div className="note compare-decided">
      <p>
        {t('compare.decided', { role: roleWord(decided.by, t), at: moment(decided.at, language) })}
        <br />
        {decided.reason}
      </p>
      {decided.equivalent === null ? null : (
        <p>
          {t('compare.keeps')} {decided.equivalent.text}
        </p>
      )}
    </div>
  )
}
