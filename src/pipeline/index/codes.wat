;; Bounds of the dot products of one query with consecutive rows of int8 codes. All lengths are in bytes.
;; A row is `width` codes (a multiple of 32), its scale (f32), the length of what the codes leave out (f32), padding.
;; The query is i16, as many as there are codes. Codes are widened as they are loaded: a pair of products fits i32.
(module
  (import "carrel" "memory" (memory 1))
  (func (export "bounds")
    (param $query i32) (param $scale f32) (param $rows i32) (param $width i32) (param $stride i32) (param $count i32)
    (param $lower i32) (param $upper i32)
    (local $at i32) (local $end i32) (local $q i32) (local $last i32) (local $score f32) (local $error f32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $last (i32.add (local.get $lower) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each_row
        (br_if $done (i32.ge_u (local.get $lower) (local.get $last)))
        (local.set $at (local.get $rows))
        (local.set $end (i32.add (local.get $rows) (local.get $width)))
        (local.set $q (local.get $query))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (loop $each_step
          (local.set $a (i32x4.add (local.get $a)
            (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $at)) (v128.load (local.get $q)))))
          (local.set $b (i32x4.add (local.get $b)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $at)) (v128.load offset=16 (local.get $q)))))
          (local.set $c (i32x4.add (local.get $c)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $at)) (v128.load offset=32 (local.get $q)))))
          (local.set $d (i32x4.add (local.get $d)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $at)) (v128.load offset=48 (local.get $q)))))
          (local.set $q (i32.add (local.get $q) (i32.const 64)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $each_step (i32.lt_u (local.get $at) (local.get $end))))
        (local.set $a (i32x4.add
          (i32x4.add (local.get $a) (local.get $b))
          (i32x4.add (local.get $c) (local.get $d))))
        (local.set $score (f32.mul
          (f32.mul (local.get $scale) (f32.load (local.get $at)))
          (f32.convert_i32_s (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
            (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a)))))))
        (local.set $error (f32.load offset=4 (local.get $at)))
        (f32.store (local.get $lower) (f32.sub (local.get $score) (local.get $error)))
        (f32.store (local.get $upper) (f32.add (local.get $score) (local.get $error)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 4)))
        (local.set $upper (i32.add (local.get $upper) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (local.get $stride)))
        (br $each_row)))))
