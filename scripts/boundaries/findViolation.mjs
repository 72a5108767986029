import { posix } from 'node:path';
import {
  innerRooms,
  narrowRooms,
  packageHomes,
  packageHomesInTests,
  strangers,
  testCode,
  testDoors,
  testDouble,
  topFolders,
} from './rules.mjs';

/**
 * Says what is wrong with one import; undefined when nothing is.
 *
 * @param {string} file the importing file, relative to the root, with `/`
 * @param {string} specifier what stands in the import
 * @returns {string | undefined}
 */
export function findViolation(file, specifier) {
  if (!specifier.startsWith('.')) return findPackageViolation(file, specifier);
  const target = posix.join(posix.dirname(file), specifier);
  return (
    findTopFolderViolation(file, target) ??
    findTestDoubleViolation(file, target) ??
    findStrangerViolation(file, target) ??
    findRoomViolation(file, target)
  );
}

function findPackageViolation(file, specifier) {
  const name = packageName(specifier);
  const top = topFolders[topFolderOf(file)];
  const inTest = isTest(file);
  const known = [...(top?.packages ?? []), ...(inTest ? (top?.packagesInTests ?? []) : [])];
  if (top?.packages && !known.includes(name)) return `${topFolderOf(file)} imports no package but ${known.join(', ')}`;
  const homes = [...(packageHomes[name] ?? []), ...(inTest ? (packageHomesInTests[name] ?? []) : [])];
  if (packageHomes[name] && !homes.some((home) => file.startsWith(home))) {
    return `only ${homes.join(' and ')} imports ${name}`;
  }
  return undefined;
}

function findTopFolderViolation(file, target) {
  const from = topFolderOf(file);
  const to = topFolderOf(target);
  if (from === to || !topFolders[from] || topFolders[from].mayImport.includes(to)) return undefined;
  return `${from} doesn't import ${to || 'the root'}`;
}

function findTestDoubleViolation(file, target) {
  return testDouble.test(target) && !isTest(file) && !testDouble.test(file)
    ? 'only tests import what stands in for tests'
    : undefined;
}

function findStrangerViolation(file, target) {
  const folder = strangers.find((one) => file.startsWith(one) && target.startsWith(one));
  if (!folder || childOf(folder, file) === childOf(folder, target)) return undefined;
  return `the folders in ${folder} don't import each other`;
}

function findRoomViolation(file, target) {
  if (topFolderOf(target) !== 'bridge/' || topFolderOf(file) !== 'bridge/') return undefined;
  const to = roomOf(target);
  const narrow = Object.keys(narrowRooms).find((room) => file.startsWith(room));
  if (narrow && !target.startsWith(narrow) && !narrowRooms[narrow].includes(to)) {
    return `${narrow} imports of the bridge only ${narrowRooms[narrow].join(', ')}`;
  }
  if (to === 'bridge/') return roomOf(file) === to ? undefined : 'no room imports what puts the rooms together';
  // A room knows itself and what it stands in; every other room by its door.
  if (isTest(file) && (testDouble.test(target) || testDoors.includes(target))) return undefined;
  if (file.startsWith(to) || target === `${to}index.ts`) return undefined;
  return `${to} is entered through its index.ts`;
}

/** The innermost room that holds the path; `bridge/` itself for compose.ts and main.ts. */
function roomOf(path) {
  return innerRooms.find((room) => path.startsWith(room)) ?? childOf('bridge/', path) ?? 'bridge/';
}

/** `childOf('a/', 'a/b/c.ts')` is `a/b/`; undefined for a file that stands directly in the folder. */
function childOf(folder, path) {
  const [first, ...rest] = path.slice(folder.length).split('/');
  return rest.length > 0 ? `${folder}${first}/` : undefined;
}

function topFolderOf(path) {
  return path.includes('/') ? `${path.split('/')[0]}/` : '';
}

function packageName(specifier) {
  const [first, second] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function isTest(file) {
  return testCode.test(file);
}
