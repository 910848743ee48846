export { randomFrom } from '../../src/lab/random.ts';
