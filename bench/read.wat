;; The floor of any scan: reads `bytes` (a multiple of 64) from `from` and adds everything up.
(module
  (import "carrel" "memory" (memory 1))
  (func (export "read") (param $from i32) (param $bytes i32) (result f32)
    (local $end i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $from) (local.get $bytes)))
    (loop $each_step
      (local.set $a (f32x4.add (local.get $a) (v128.load (local.get $from))))
      (local.set $b (f32x4.add (local.get $b) (v128.load offset=16 (local.get $from))))
      (local.set $c (f32x4.add (local.get $c) (v128.load offset=32 (local.get $from))))
      (local.set $d (f32x4.add (local.get $d) (v128.load offset=48 (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 64)))
      (br_if $each_step (i32.lt_u (local.get $from) (local.get $end))))
    (f32x4.extract_lane 0
      (f32x4.add
        (f32x4.add (local.get $a) (local.get $b))
        (f32x4.add (local.get $c) (local.get $d))))))
