import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { PersonFields, usePersonFields } from './PersonFields.tsx'
import { orNull, stale, todayHere } from './record.ts'
import type { RecordShown } from './record.ts'

const kinds = ['employee', 'freelancer', 'other'] as const

/** Somebody new, or what is stored about somebody. */
export function NewPerson({
  person,
  areas,
  onDone,
}: {
  person?: RecordShown['person']
  areas: readonly string[]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const list = useId()
  const { said, ...fields } = usePersonFields(person)
  const [area, setArea] = useState(person?.area ?? '')
  const [kind, setKind] = useState<string>(person?.kind ?? 'employee')
  const [joinedOn, setJoinedOn] = useState(person ? (person.joinedOn ?? '') : todayHere())
  const [starts, setStarts] = useState(true)
  const starting = useChange('checklist.start', { stale, quiet: true, onDone })
  const adding = useChange('person.add', {
    stale,
    quiet: true,
    onDone: ({ personId }) => {
      if (starts && joinedOn !== '') starting.mutate({ personId, kind: 'joiner', fromOn: joinedOn, language })
      else onDone()
    },
  })
  const changing = useChange('person.change', { stale, quiet: true, onDone })
  const error = adding.error ?? changing.error ?? starting.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const given = {
          ...said,
          area: orNull(area),
          kind: kinds.find((one) => one === kind) ?? 'employee',
          joinedOn: orNull(joinedOn),
        }
        if (person) changing.mutate({ personId: person.id, ...given })
        else adding.mutate(given)
      }}
    >
      <PersonFields {...fields} emailHint={t('record.emailHint')} />
      <TextInput
        label={t('record.area')}
        description={t('record.areaHint')}
        value={area}
        onChange={(event) => setArea(event.currentTarget.value)}
        maxLength={100}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {areas.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </datalist>
      <NativeSelect
        label={t('record.kindLabel')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds.map((one) => ({ value: one, label: t(`record.kind.${one}`) }))}
      />
      <TextInput
        type="date"
        label={t('record.joinedOn')}
        description={t('record.joinedHint')}
        value={joinedOn}
        onChange={(event) => setJoinedOn(event.currentTarget.value)}
      />
      {person ? null : (
        <Checkbox
          label={t('record.startList')}
          checked={starts && joinedOn !== ''}
          disabled={joinedOn === ''}
          onChange={(event) => setStarts(event.currentTarget.checked)}
        />
      )}
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending || starting.isPending}>
          {t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
