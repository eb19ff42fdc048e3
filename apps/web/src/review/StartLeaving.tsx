import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { stale } from './leaver-sign.ts'

/** Says who leaves, and when. */
export function StartLeaving({ today, onDone }: { today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const read = useRead('person.list', {})
  return (
    <Loaded read={read}>
      {({ people }) => {
        const here = people.filter(({ leftOn }) => leftOn === null)
        if (here.length > 0) return <Form people={here} today={today} onDone={onDone} />
        return (
          <p>
            {t('leaving.nobody')}{' '}
            <Link to="/t/$slug/accounts" params={{ slug }}>
              {t('leaving.toPeople')}
            </Link>
          </p>
        )
      }}
    </Loaded>
  )
}

function Form({
  people,
  today,
  onDone,
}: {
  people: readonly { readonly id: string; readonly name: string }[]
  today: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [personId, setPersonId] = useState(people[0]?.id ?? '')
  const [on, setOn] = useState(today)
  const [atOnce, setAtOnce] = useState(true)
  const starting = useChange('leaving.start', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        starting.mutate({ personId, on, atOnce: atOnce && on === today })
      }}
    >
      <NativeSelect
        label={t('leaving.who')}
        value={personId}
        onChange={(event) => setPersonId(event.currentTarget.value)}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        type="date"
        required
        label={t('leaving.lastDay')}
        value={on}
        onChange={(event) => setOn(event.currentTarget.value)}
        withAsterisk={false}
      />
      {on === today ? (
        <Checkbox
          label={t('leaving.atOnce')}
          checked={atOnce}
          onChange={(event) => setAtOnce(event.currentTarget.checked)}
        />
      ) : null}
      <p className="note quiet">{t('leaving.startNote')}</p>
      {starting.error ? (
        <p role="alert" className="bad">
          {sentenceOf(starting.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={starting.isPending}>
          {t('leaving.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
