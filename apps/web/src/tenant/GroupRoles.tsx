import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output, Role } from '../api/api.ts'

type Groups = Output<'provider.show'>['roles']

/** All roles, strongest first. */
export const roles: readonly Role[] = ['owner', 'editor', 'signatory', 'dpo', 'member']

/** Which role a group of the organisation gives; of several the strongest counts. */
export function GroupRoles({ groups, onChange }: { groups: Groups; onChange: (groups: Groups) => void }) {
  const { t } = useTranslation()
  const change = (at: number, part: Partial<Groups[number]>) =>
    onChange(groups.map((group, index) => (index === at ? { ...group, ...part } : group)))
  return (
    <fieldset className="group-roles">
      <legend>{t('ownSignIn.groups')}</legend>
      <p className="note quiet">{t('ownSignIn.groupsHint')}</p>
      {groups.map(({ group, role }, at) => (
        // Rows have no identity but their place, and are only added at the end.
        <div key={at} className="group-role">
          <TextInput
            label={t('ownSignIn.group')}
            value={group}
            onChange={(event) => change(at, { group: event.currentTarget.value })}
            spellCheck={false}
            required
            withAsterisk={false}
          />
          <NativeSelect
            label={t('members.role')}
            value={role}
            onChange={(event) => change(at, { role: roles.find((one) => one === event.currentTarget.value) ?? role })}
            data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
          <Button
            variant="default"
            aria-label={t('ownSignIn.groupRemoveWho', { group })}
            onClick={() => onChange(groups.filter((_, index) => index !== at))}
          >
            {t('ownSignIn.groupRemove')}
          </Button>
        </div>
      ))}
      <div className="actions">
        <Button variant="default" onClick={() => onChange([...groups, { group: '', role: 'member' }])}>
          {t('ownSignIn.groupAdd')}
        </Button>
      </div>
    </fieldset>
  )
}
