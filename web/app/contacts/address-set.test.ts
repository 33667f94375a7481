import { expect, test } from 'vitest'
import { withAddress, withoutAddress } from './address-set'

const identity = (scope: string, address: string) => ({
  id: address,
  scope,
  address,
  verified: true,
  stops: [],
})
const phone = identity('phone', '+79991234567')
const mail = identity('email', 'anna@example.org')
const late = identity('telegram', '17')

test('taking back a removal leaves what came meanwhile', () => {
  const left = withoutAddress(mail)([phone, mail])
  expect(left).toEqual([phone])
  expect(withAddress(mail)([...left, late])).toEqual([phone, late, mail])
})

test('a removal leaves what came since the page was read', () => {
  expect(withoutAddress(mail)([phone, mail, late])).toEqual([phone, late])
})

test('an address is not put in twice; the same number of another network is another address', () => {
  expect(withAddress({ ...mail, id: '0' })([mail])).toEqual([mail])
  expect(withAddress(identity('whatsapp', phone.address))([phone])).toHaveLength(2)
})
